import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { youngGenerationFlags } from '#refgate/cluster/young-generation.js';
import { fromRoot } from '../../../support/paths.js';
import { workerCount } from '../cores.js';
import type { Peer, Place, RunningPeer } from '../peer.js';
import { firstLine, readyAddress, startPinned } from '../pinned-process.js';

const rules = `policies:
  - name: images
    match: { hosts: [cdn.shop.example], paths: ["/images/**"] }
    referer: { allow: [{ file: names.txt }], empty: allow }
`;

const common = { protocol: 'grpc', decides: true, edit: 'by itself: it watches the file' } as const;

/** refgate in one process, with the flags that its workers have and docs/scaling.md advises. */
export const refgate: Peer = {
  ...common,
  key: 'refgate',
  name: 'refgate',
  start: (place) => startRefgate(place, []),
};

/** The same with several workers. */
export const refgateWorkers: Peer = {
  ...common,
  key: 'refgate-workers',
  name: `refgate, ${workerCount} workers`,
  start: (place) => startRefgate(place, ['--workers', String(workerCount)]),
};

async function startRefgate({ cpus, folder, names, bound }: Place, more: readonly string[]): Promise<RunningPeer> {
  const directory = join(folder, 'rules');
  mkdirSync(directory);
  writeFileSync(join(directory, 'rules.yaml'), rules);
  const list = join(directory, 'names.txt');
  // Skipped by the loader, since its name begins with a dot.
  const next = join(directory, '.names.txt');
  writeFileSync(list, fileOf(names));
  const listen = ['--grpc-listen', '127.0.0.1:0', '--http-listen', 'off', '--admin-listen', 'off'];
  const serve = ['serve', '--rules', directory, ...listen, '--drain-seconds', '0', ...more];
  const started = startPinned(cpus, process.execPath, [...youngGenerationFlags, fromRoot('dist/main.js'), ...serve]);
  const address = await firstLine(started, bound, readyAddress);
  return {
    address,
    pid: started.pid,
    prepare: async (changed) => {
      writeFileSync(next, fileOf(changed));
      return async () => renameSync(next, list);
    },
    stop: async () => {
      await started.stop();
    },
  };
}

function fileOf(names: readonly string[]): string {
  return `${names.join('\n')}\n`;
}
