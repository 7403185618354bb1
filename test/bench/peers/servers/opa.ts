import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeAddress } from '../../../support/listen-on.js';
import { fromRoot } from '../../../support/paths.js';
import type { Absent, Peer } from '../peer.js';
import { startPinned } from '../pinned-process.js';
import { restartedPeer } from './restarted.js';

const name = 'OPA-Envoy';

/** OPA with its Envoy plugin, from `OPA_ENVOY_BIN`: no package registry hands it out. */
export function opa(): Peer | Absent {
  const binary = process.env['OPA_ENVOY_BIN'];
  if (binary === undefined) return { name, why: 'set `OPA_ENVOY_BIN` to a binary of opa-envoy-plugin' };
  return {
    key: 'opa',
    name,
    protocol: 'grpc',
    decides: true,
    edit: 'restart',
    start: ({ cpus, folder, names }) => {
      const data = join(folder, 'data.json');
      const write = (all: readonly string[]): void =>
        writeFileSync(data, JSON.stringify({ names: Object.fromEntries(all.map((each) => [each, true])) }));
      write(names);
      const start = async () => {
        const address = await freeAddress();
        const settings = { addr: address, path: 'referer/allow', 'dry-run': false, 'enable-reflection': false };
        const set = Object.entries(settings).flatMap(([key, value]) => [
          '--set',
          `plugins.envoy_ext_authz_grpc.${key}=${value}`,
        ]);
        const files = [fromRoot('test/bench/peers/rego/referer.rego'), data];
        const quiet = ['--log-level', 'error', '--addr', '127.0.0.1:0'];
        return { process: startPinned(cpus, binary, ['run', '--server', ...quiet, ...set, ...files]), address };
      };
      return restartedPeer(start, write);
    },
  };
}
