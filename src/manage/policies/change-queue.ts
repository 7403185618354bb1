import type { ChangeOutcome, PolicyChange } from './managed-policies.js';

/** Makes changes together, and tells the outcome of each, in their order. */
type Commit = (changes: readonly PolicyChange<unknown>[]) => Promise<readonly ChangeOutcome<unknown>[]>;

/** An edit that throws is a fault of its own caller, and no other change's. */
class Guarded implements PolicyChange<unknown> {
  readonly names: readonly string[];
  readonly edit: PolicyChange<unknown>['edit'];

  constructor(change: PolicyChange<unknown>, reject: (error: unknown) => void) {
    this.names = change.names;
    this.edit = (current) => {
      try {
        return change.edit(current);
      } catch (error) {
        reject(error);
        return { refused: error };
      }
    };
  }
}

interface Waiting {
  readonly change: PolicyChange<unknown>;
  readonly resolve: (outcome: ChangeOutcome<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds what one load has to hold beside the rules, and how long the first of many waits. */
const MOST_TOGETHER = 256;

/** Changes one batch after the other. Those that come during one wait, and make up the next. */
export class ChangeQueue {
  readonly #commit: Commit;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  add<Refusal>(change: PolicyChange<Refusal>): Promise<ChangeOutcome<Refusal>> {
    const outcome = new Promise<ChangeOutcome<unknown>>((resolve, reject) => {
      this.#waiting.push({ change: new Guarded(change, reject), resolve, reject });
    });
    if (!this.#isRunning) void this.#run();
    // What an edit refuses with is what its outcome holds.
    return outcome as Promise<ChangeOutcome<Refusal>>;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) await this.#runBatch(this.#waiting.splice(0, MOST_TOGETHER));
    this.#isRunning = false;
  }

  async #runBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#commit(batch.map(({ change }) => change));
      for (const [position, { resolve }] of batch.entries()) resolve(outcomes[position] as ChangeOutcome<unknown>);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
