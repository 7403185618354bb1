/** A time in which requests may fail, in milliseconds of `performance.now()`. */
interface Interruption {
  readonly from: number;
  /** Infinite while it lasts. */
  to: number;
}

/** The times in which a worker was killed, and what it had in flight was lost with it. */
export class Interruptions {
  readonly #all: Interruption[] = [];

  /** Begins one; the function ends it. */
  begin(): () => void {
    const interruption: Interruption = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    this.#all.push(interruption);
    return () => {
      interruption.to = performance.now();
    };
  }

  /** Whether a request was under way in one of them. */
  touch(from: number, to: number): boolean {
    return this.#all.some((each) => each.from <= to && from <= each.to);
  }
}
