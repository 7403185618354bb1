import { execFileSync } from 'node:child_process';
import type { Fault } from './fault.js';
import { untilMore } from './until.js';

/**
 * The disk of the managed rules is full: the process may write no byte to any file (setrlimit(2), RLIMIT_FSIZE).
 * Changes are refused meanwhile, lose nothing, and are made again when there is room.
 */
export const fillDisk: Fault = {
  name: 'fill-disk',
  // Rules that cannot be loaded refuse changes, too, and would hide what this is about.
  claims: ['folder'],
  explains: ['managed_unwritable'],
  async strike(scene) {
    const { steady, hindrances } = scene;
    hindrances.add('fill-disk');
    limitFiles(steady.process.pid, '0');
    await untilMore(scene, 'managed changes refused');
    limitFiles(steady.process.pid, 'unlimited');
    await untilMore(scene, 'managed changes');
    hindrances.delete('fill-disk');
  },
};

/** Sets the soft limit alone, so that it can be raised again by whoever owns the process. */
function limitFiles(pid: number, size: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
}
