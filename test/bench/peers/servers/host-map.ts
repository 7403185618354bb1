import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Peer } from '../peer.js';
import { firstLine, readyAddress, startPinned } from '../pinned-process.js';
import { restartedPeer } from './restarted.js';

/** A server of a page that keeps the list in a hash map: the Go and the Rust one. */
export function hostMap(key: string, name: string, program: string): Peer {
  return {
    key,
    name,
    protocol: 'grpc',
    decides: true,
    edit: 'restart',
    start: ({ cpus, folder, names, bound }) => {
      const list = join(folder, 'names.txt');
      const write = (all: readonly string[]): void => writeFileSync(list, `${all.join('\n')}\n`);
      write(names);
      const start = async () => {
        const process = startPinned(cpus, program, [list]);
        return { process, address: await firstLine(process, bound, readyAddress) };
      };
      return restartedPeer(start, write);
    },
  };
}
