import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { fromRoot } from '../../support/paths.js';
import { machine } from '../support/machine.js';
import type { Built } from './build-peers.js';

/** Machine, kernel and versions of what is measured, a line each. */
export function machineAndVersions({ peers, envoy }: Built): string[] {
  const has = (start: string): boolean => peers.some(({ key }) => key.startsWith(start));
  const versions = [
    `refgate ${versionIn('package.json')}, grpc-js ${versionIn('node_modules/@grpc/grpc-js/package.json')}`,
    has('go') && `${said('go', 'version')}, grpc-go ${pinned('go/go.mod', /google\.golang\.org\/grpc v(\S+)/)}`,
    has('rust') && `${said('rustc', '--version')}, tonic ${pinned('rust/Cargo.toml', /^tonic = "=(.*)"/m)}`,
    has('nginx') && said(process.env['NGINX_BIN'] ?? '/usr/sbin/nginx', '-v'),
    envoy !== undefined &&
      said(envoy, '--version')
        .replace(/^.*version: \S+?\//, 'Envoy ')
        .replace(/\/.*$/, ''),
    has('opa') && said(process.env['OPA_ENVOY_BIN'] ?? '', 'version'),
  ];
  return [`${machine()}, kernel ${release()}`, versions.filter((one) => one !== false).join('; ')];
}

function said(program: string, argument: string): string {
  const { stdout, stderr } = spawnSync(program, [argument], { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n')[0] ?? '';
}

function versionIn(file: string): string {
  return (JSON.parse(readFileSync(fromRoot(file), 'utf8')) as { readonly version: string }).version;
}

function pinned(file: string, version: RegExp): string {
  return version.exec(readFileSync(fromRoot(`test/bench/peers/${file}`), 'utf8'))?.[1] ?? '';
}
