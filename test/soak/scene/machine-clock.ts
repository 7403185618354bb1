import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from '../../support/tool-cache.js';

/** libfaketime for programs with threads: Debian's place of it, by architecture. */
export function findFakeTime(): Tool {
  const triplets: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };
  const path = `/usr/lib/${triplets[process.arch]}-linux-gnu/faketime/libfaketimeMT.so.1`;
  return existsSync(path) ? { path } : { missing: 'libfaketime: apt-get install faketime' };
}

/** The time of day that all instances go by; it can jump while they run. The monotonic clock stays what it is. */
export class MachineClock {
  readonly #file: string;
  readonly #library: string;

  constructor(folder: string, library: string) {
    this.#file = join(folder, 'clock');
    this.#library = library;
    this.set(0);
  }

  /** What a process needs in its environment to go by this clock. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: this.#library,
      DONT_FAKE_MONOTONIC: '1',
      FAKETIME_TIMESTAMP_FILE: this.#file,
      // It looks into the file once a second: at every question for the time, its cost would hide that of refgate.
      FAKETIME_CACHE_DURATION: '1',
    };
  }

  /** Sets the clock to so many seconds from the true time. Instances notice within a second or two. */
  set(seconds: number): void {
    writeFileSync(this.#file, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
  }
}
