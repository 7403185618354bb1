import { messageOf } from '../model/message-of.js';
import type { RulesImage } from '../rules/image/rules-image.js';
import type { Timers } from '../rules/reload/timers.js';
import { Cutoff } from './cutoff.js';
import type { ImageStore } from './image-store.js';
import type { OfferedImage } from './kept-image.js';
import { LostRules } from './lost-rules.js';
import { type Preparation, preparationOf, problemOf } from './preparation.js';
import type { WorkerSlot } from './worker-slot.js';

/** The rules did not come into force; those before stay. The message says why. */
export class RolloutError extends Error {
  override readonly name = 'RolloutError';
  /** True: nothing is known against the rules, but every worker that was to take them ended meanwhile. */
  readonly lostWorkers: boolean;

  constructor(message: string, lostWorkers = false) {
    super(message);
    this.lostWorkers = lostWorkers;
  }
}

/** What is known of a rollout that succeeded. */
export interface RolledOut {
  /** Seconds between the first worker that decides by the new rules and the last. */
  readonly lagSeconds: number;
}

/** Who hears of the workers. */
export interface RolloutObserver {
  /** It held up the others, and has been ended. */
  late(worker: WorkerSlot, step: 'prepare' | 'switch', generation: number): void;
  /** It has the rules in force for the first time, and can get connections. */
  serving(worker: WorkerSlot): void;
  /** It could not be given the rules in force, and has been ended. */
  notInstalled(worker: WorkerSlot, problem: string): void;
  /** Workers serve again after new rules were lost with all of them: time to try those once more. */
  missedRules(): void;
}

/** What a rollout is made with. */
export interface RolloutOptions {
  readonly workers: readonly WorkerSlot[];
  readonly store: ImageStore;
  readonly observer: RolloutObserver;
  readonly timers: Timers;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
}

/** The time that one worker gets more than the others. */
const graceMs = 2_000;

/** For the first that is ready: to boot and read, from a slow disk 10 MB a second. */
const patienceMs = (bytes: number) => 30_000 + bytes / 10_000;

/** One attempt to put rules in force. */
interface Attempt extends OfferedImage {
  readonly rollout: number;
  readonly generation: number;
}

/**
 * Puts rules in force in all workers: each reads them and makes them ready, and when all have said so, all are told to
 * switch. One attempt at a time; a worker that boots meanwhile gets what is in force after it.
 *
 * A worker that is not ready 2 seconds after the first that is, or after as long again as that one took, is replaced: an
 * index of 5 million names on a slow disk takes them all about the same time, however long that is. To switch is one
 * assignment, for which 2 seconds are plenty.
 */
export class Rollout {
  readonly #options: RolloutOptions;
  #generation = 0;
  #attempts = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #onUp: () => void = () => undefined;
  readonly #lost = new LostRules();

  constructor(options: RolloutOptions) {
    this.#options = options;
  }

  /**
   * Puts rules in force. The first ones wait until all workers have booted.
   *
   * @throws {RolloutError} (as a rejection) when a worker cannot use the rules, or none is left.
   * @throws {ImageStoreError} (as a rejection) when they cannot be written down for the workers.
   */
  publish(image: RulesImage, generation: number): Promise<RolledOut> {
    return this.#inTurn(async () => {
      if (this.#generation === 0) await this.#allUp();
      const staged = await this.#options.store.stage(image);
      const attempt = this.#attempt(staged, generation);
      const ready = await this.#prepare(this.#takers(), attempt).catch(async (error: unknown) => {
        await staged.discard();
        if (error instanceof RolloutError && error.lostWorkers) this.#lost.lose();
        throw error;
      });
      const rolledOut = await this.#switch(ready, attempt);
      this.#generation = generation;
      this.#lost.forget();
      await staged.keep();
      return rolledOut;
    });
  }

  /** Gives a worker that has just booted the rules in force, and has it serve. Never rejects. */
  install(worker: WorkerSlot): Promise<void> {
    this.#onUp();
    return this.#inTurn(async () => {
      const generation = this.#generation;
      if (generation === 0 || worker.generation === generation || !worker.isUp) return;
      const { pid } = worker;
      try {
        await this.#options.store.offer(async (offered) => {
          const attempt = this.#attempt(offered, generation);
          await this.#switch(await this.#prepare([worker], attempt), attempt);
        });
        if (worker.state === 'serving' && this.#lost.takeChance()) this.#options.observer.missedRules();
      } catch (error) {
        // Its successor is not to blame.
        if (worker.pid !== pid) return;
        this.#options.observer.notInstalled(worker, messageOf(error));
        worker.kill();
      }
    });
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(task);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #attempt({ files, bytes }: OfferedImage, generation: number): Attempt {
    return { files, bytes, generation, rollout: ++this.#attempts };
  }

  /** Those that have what is in force; before the first rules, all that have booted. */
  #takers(): readonly WorkerSlot[] {
    return this.#options.workers.filter(({ isUp, generation }) => isUp && generation === this.#generation);
  }

  /** Waits for the first workers to boot; should one not come up, the others do without it. */
  async #allUp(): Promise<void> {
    const { timers, workers } = this.#options;
    const cutoff = new Cutoff(patienceMs(0), timers);
    const allUp = new Promise<void>((resolve) => {
      this.#onUp = () => {
        if (workers.every(({ isUp }) => isUp)) resolve();
      };
      this.#onUp();
    });
    await Promise.race([allUp, cutoff.reached]);
    this.#onUp = () => undefined;
    cutoff.cancel();
  }

  /** Those that are ready. */
  async #prepare(workers: readonly WorkerSlot[], attempt: Attempt): Promise<readonly WorkerSlot[]> {
    const { timers, now } = this.#options;
    const { rollout, generation, files } = attempt;
    const startedAt = now();
    const cutoff = new Cutoff(patienceMs(attempt.bytes), timers);
    const prepare = async (
      worker: WorkerSlot,
    ): Promise<readonly [WorkerSlot, Preparation, pid: number | undefined]> => {
      const { pid } = worker;
      const answer = worker.hear((message) => preparationOf(message, rollout));
      worker.tell({ kind: 'prepare', rollout, generation, files });
      const outcome = await Promise.race([answer.then((heard) => heard ?? 'gone'), cutoff.reached]);
      if (outcome === 'prepared') cutoff.move(Math.max(graceMs, now() - startedAt));
      return [worker, outcome ?? 'late', pid];
    };
    const outcomes = await Promise.all(workers.map(prepare));
    cutoff.cancel();
    for (const [worker, outcome] of outcomes) if (outcome === 'late') this.#replace(worker, 'prepare', attempt);
    const problem = problemOf(outcomes.map(([, outcome]) => outcome));
    if (problem !== undefined) {
      for (const [worker] of outcomes) worker.tell({ kind: 'abandon', rollout });
      throw new RolloutError(
        problem,
        outcomes.every(([, outcome]) => outcome === 'gone'),
      );
    }
    // One that ended while the others were getting ready may have a successor, which has no rules to switch to yet.
    return outcomes.flatMap(([worker, outcome, pid]) => (outcome === 'prepared' && worker.pid === pid ? [worker] : []));
  }

  async #switch(workers: readonly WorkerSlot[], attempt: Attempt): Promise<RolledOut> {
    const { timers, now } = this.#options;
    const { rollout } = attempt;
    const cutoff = new Cutoff(graceMs, timers);
    const times: number[] = [];
    const change = async (worker: WorkerSlot): Promise<void> => {
      const answer = worker.hear((heard) =>
        heard.kind === 'switched' && heard.rollout === rollout ? heard.kind : undefined,
      );
      worker.tell({ kind: 'switch', rollout });
      const outcome = await Promise.race([answer.then((heard) => heard ?? 'gone'), cutoff.reached]);
      if (outcome === undefined) this.#replace(worker, 'switch', attempt);
      if (outcome !== 'switched') return;
      times.push(now());
      this.#serves(worker, attempt.generation);
    };
    await Promise.all(workers.map(change));
    cutoff.cancel();
    return { lagSeconds: times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1_000 };
  }

  #serves(worker: WorkerSlot, generation: number): void {
    const isNew = worker.state !== 'serving';
    worker.generation = generation;
    worker.state = 'serving';
    if (isNew) this.#options.observer.serving(worker);
  }

  #replace(worker: WorkerSlot, step: 'prepare' | 'switch', { generation }: Attempt): void {
    this.#options.observer.late(worker, step, generation);
    worker.kill();
  }
}
