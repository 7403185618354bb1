import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { loadSync, type MessageTypeDefinition, type PackageDefinition } from '@grpc/proto-loader';
import protobuf, { type Root } from 'protobufjs';
import { fromRoot } from './paths.js';

/** Names as in the .proto files, 64-bit numbers as text, nothing that was not sent. */
const OPTIONS = { keepCase: true, longs: String, enums: String } as const;

const OWN_FOLDERS = ['proto'];
const OFFICIAL_FOLDERS = ['envoy-api', 'googleapis', 'protoc-gen-validate', 'xds'].map(
  (folder) => `node_modules/@grpc/grpc-js-xds/deps/${folder}`,
);
const CHECK = 'envoy/service/auth/v3/external_auth.proto';
const HEALTH = 'grpc/health/v1/health.proto';

/** Envoy's own definitions, as the development dependency @grpc/grpc-js-xds carries them, with their codecs. */
export function loadOfficialProtos(): PackageDefinition {
  return loadSync(CHECK, { ...OPTIONS, includeDirs: OFFICIAL_FOLDERS.map(fromRoot) });
}

/** Our definitions, with the codecs that the same loader makes of them. */
export function loadOwnProtos(): PackageDefinition {
  return loadSync([CHECK, HEALTH], { ...OPTIONS, includeDirs: OWN_FOLDERS.map(fromRoot) });
}

/** The definitions themselves, to be compared and walked. */
export function officialRoot(): Root {
  return rootOf(OFFICIAL_FOLDERS, [CHECK]);
}

export function ownRoot(): Root {
  return rootOf(OWN_FOLDERS, [CHECK, HEALTH]);
}

function rootOf(folders: readonly string[], files: readonly string[]): Root {
  const root = new protobuf.Root();
  const paths = folders.map(fromRoot);
  root.resolvePath = (_origin, target): string | null => {
    const candidates = [target, ...paths.map((path) => join(path, target))];
    return candidates.find((candidate) => isAbsolute(candidate) && existsSync(candidate)) ?? null;
  };
  root.loadSync([...files], { keepCase: true });
  root.resolveAll();
  return root;
}

/** Codec of one message by its full name. */
export function messageType(definition: PackageDefinition, name: string): MessageTypeDefinition<object, object> {
  const found = definition[name];
  if (found === undefined || !('serialize' in found)) throw new Error(`${name} is no message of these definitions`);
  return found as MessageTypeDefinition<object, object>;
}
