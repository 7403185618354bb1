import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../../support/paths.js';
import { findEnvoy, findNginx, goPrograms, type Tool } from '../../support/tool-cache.js';
import type { Absent, Peer } from './peer.js';
import { grpcJs, grpcJsYoung, nodeHttp2 } from './servers/bare.js';
import { envoyPeers } from './servers/envoy-rbac.js';
import { hostMap } from './servers/host-map.js';
import { nginxPeers } from './servers/nginx.js';
import { opa } from './servers/opa.js';
import { refgate, refgateWorkers } from './servers/refgate.js';

/** What a run needs that the project does not ship, built or found. */
export interface Built {
  readonly peers: readonly Peer[];
  readonly absent: readonly Absent[];
  /** The load generator. */
  readonly generator: string;
  /** Envoy's binary, where there is one. */
  readonly envoy: string | undefined;
}

/** The peer that all others are set against. */
export const yardstick = grpcJs.key;

/**
 * Builds and finds what is wanted, in `.cache`, from the package registries. With `only` the others are not even
 * built: the first build of the Rust server takes some minutes.
 */
export function buildPeers(only: readonly string[]): Built {
  const go = goPrograms('test/bench/peers/go');
  if ('missing' in go) throw new Error(go.missing);
  const isWanted = (key: string): boolean => only.length === 0 || only.includes(key) || key === yardstick;
  const whereWanted = (keys: readonly string[], find: () => Tool): Tool =>
    keys.some(isWanted) ? find() : { missing: 'not asked for' };
  const rust = whereWanted(['rust'], cargoProgram);
  const nginx = whereWanted(['nginx', 'nginx-bare'], findNginx);
  const envoy = whereWanted(['rbac-regex', 'rbac-map', 'envoy-bare', 'through-envoy'], findEnvoy);
  const all: readonly (Peer | Absent)[] = [
    refgate,
    refgateWorkers,
    grpcJs,
    grpcJsYoung,
    nodeHttp2,
    hostMap('go', 'Go, grpc-go', join(go.path, 'server')),
    ...ifFound('Rust, tonic', rust, (path) => [hostMap('rust', 'Rust, tonic', path)]),
    opa(),
    ...ifFound('nginx', nginx, nginxPeers),
    ...ifFound('Envoy', envoy, envoyPeers),
  ];
  const peers = all.filter((one) => 'key' in one);
  const unknown = only.filter((key) => key !== 'through-envoy' && !peers.some((peer) => peer.key === key));
  if (unknown.length > 0) throw new Error(`--only: no peer ${unknown.join(', ')}; there are ${keysOf(peers)}`);
  return {
    peers: peers.filter(({ key }) => isWanted(key)),
    absent: only.length === 0 ? all.filter((one) => 'why' in one) : [],
    generator: join(go.path, 'load'),
    envoy: 'path' in envoy && isWanted('through-envoy') ? envoy.path : undefined,
  };
}

function keysOf(peers: readonly Peer[]): string {
  return [...peers.map(({ key }) => key), 'through-envoy'].join(', ');
}

function ifFound(name: string, tool: Tool, peers: (path: string) => Peer[]): (Peer | Absent)[] {
  return 'path' in tool ? peers(tool.path) : [{ name, why: tool.missing }];
}

/** The Rust server, built beside its sources' copy in `.cache`, so that no lock file of its own lies in the project. */
function cargoProgram(): Tool {
  const folder = fromRoot('.cache/test-bench-peers-rust');
  mkdirSync(folder, { recursive: true });
  // With their times, or cargo takes them for changed.
  cpSync(fromRoot('test/bench/peers/rust'), folder, { recursive: true, preserveTimestamps: true });
  const env = { ...process.env, PROTO_DIR: fromRoot('proto') };
  const run = spawnSync('cargo', ['build', '--release', '--quiet'], { cwd: folder, env, encoding: 'utf8' });
  const program = join(folder, 'target/release/referer-tonic');
  if (run.status === 0 && existsSync(program)) return { path: program };
  const problem = run.error === undefined ? run.stderr.trim() : run.error.message;
  return { missing: `install Rust, so that 'cargo build' works in test/bench/peers/rust (${problem})` };
}
