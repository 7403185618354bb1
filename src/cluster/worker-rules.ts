import type { CompiledRules } from '../model/snapshot.js';
import type { ImageFiles } from '../rules/image/image-files.js';
import { readImageFiles } from '../rules/image/read-image-files.js';
import { type HeldParts, NOTHING_HELD, unpackRules } from '../rules/image/unpack-rules.js';

/** Rules that are ready, and the parts that they hold. */
interface Ready<Rules> {
  readonly rollout: number;
  readonly rules: Rules;
  readonly parts: HeldParts;
}

/** The rules of a worker: those in force, and those that wait for the word. `Rules` is what is decided by. */
export class WorkerRules<Rules> {
  readonly #seal: (rules: CompiledRules, generation: number) => Promise<Rules>;
  #parts: HeldParts = new Map();
  #ready: Ready<Rules> | undefined;
  #current: Rules | undefined;
  /** The rollout whose rules are wanted; one that was abandoned is not. */
  #wanted = 0;

  constructor(seal: (rules: CompiledRules, generation: number) => Promise<Rules>) {
    this.#seal = seal;
  }

  /** What is decided by; `undefined` before the first switch. */
  get current(): Rules | undefined {
    return this.#current;
  }

  /**
   * Reads rules in a thread of its own and makes them ready in turns, beside the requests.
   *
   * @throws (as a rejection) an error that says why they cannot be used.
   */
  async prepare(rollout: number, generation: number, files: ImageFiles): Promise<void> {
    this.#wanted = rollout;
    const image = await readImageFiles(files);
    const { rules, parts } = await unpackRules(image, { ...NOTHING_HELD, parts: this.#parts });
    const sealed = await this.#seal(rules, generation);
    if (this.#wanted === rollout) this.#ready = { rollout, rules: sealed, parts };
  }

  /** Decides by what is ready from now on: one assignment. */
  switch(rollout: number): Rules {
    const ready = this.#ready;
    if (ready?.rollout !== rollout) throw new Error(`the rules of rollout ${rollout} are not ready`);
    this.#ready = undefined;
    this.#parts = ready.parts;
    this.#current = ready.rules;
    return ready.rules;
  }

  /** They will never be in force. */
  abandon(rollout: number): void {
    if (this.#wanted === rollout) this.#wanted = 0;
    if (this.#ready?.rollout === rollout) this.#ready = undefined;
  }
}
