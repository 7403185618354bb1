import { setTimeout as pause } from 'node:timers/promises';
import type { StartedProcess } from '../../support/started-process.js';
import { type Sample, sample } from './sample.js';

/** Between two samples: a collection takes the process some 10 ms. */
const everyMs = 2_000;

/** Takes samples of one process until it is stopped. */
export class Sampler {
  readonly samples: Sample[] = [];
  readonly #running: Promise<void>;
  #ended = false;

  constructor(started: StartedProcess) {
    this.#running = this.#run(started);
  }

  async stop(): Promise<readonly Sample[]> {
    this.#ended = true;
    await this.#running;
    return this.samples;
  }

  async #run(started: StartedProcess): Promise<void> {
    while (!this.#ended) {
      this.samples.push(await sample(started));
      await pause(everyMs);
    }
  }
}
