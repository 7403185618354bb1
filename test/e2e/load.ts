import { ask, type Question } from '../support/ask.js';

/** Answers that each status has to be given after it was first seen, so that a relapse is seen, too. */
const ANSWERS_OF_A_PHASE = 50;

/**
 * The same question asked without pause by several clients. It knows which answers are right: the one before an edit
 * and the one after it, and once the new one was seen, for every request sent from then on only the new one.
 */
export class Load {
  /** Every answer that was waited for, in order. */
  readonly phases: number[] = [];
  readonly #failures: string[] = [];
  readonly #clients: Promise<void>[];
  readonly #end = new AbortController();
  #awaited: { readonly status: number; missing: number; readonly done: () => void } | undefined;

  constructor(
    private readonly address: string,
    private readonly question: Question,
    clients: number,
  ) {
    this.#clients = Array.from({ length: clients }, () => this.#client());
  }

  /** Waits until `status` is answered, and then for some more answers; until then the answer before it is right, too. */
  untilAnswered(status: number): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited = { status, missing: ANSWERS_OF_A_PHASE, done: resolve };
    });
  }

  /** Ends the load; what went wrong, if anything. */
  async stop(): Promise<readonly string[]> {
    this.#end.abort();
    await Promise.all(this.#clients);
    return this.#failures;
  }

  /** Ends with the load, or at the first request that fails: with the proxy gone that is at once. */
  async #client(): Promise<void> {
    while (!this.#end.signal.aborted) {
      const phase = this.phases.length;
      try {
        const { status } = await ask(this.address, this.question);
        this.#judge(status, phase);
      } catch (error) {
        this.#failures.push(String(error));
        return;
      }
    }
  }

  /** Judges an answer to a request that was sent in a phase: that phase's answer is right, and that of each later one. */
  #judge(status: number, phase: number): void {
    const awaited = this.#awaited;
    if (status === awaited?.status && status !== this.phases.at(-1)) this.phases.push(status);
    const right = this.phases.slice(Math.max(phase - 1, 0));
    if (!right.includes(status))
      this.#failures.push(`answered ${status}, with ${right.join(', ')} in force since it was asked`);
    if (!awaited || status !== awaited.status || --awaited.missing > 0) return;
    this.#awaited = undefined;
    awaited.done();
  }
}
