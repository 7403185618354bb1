/**
 * The numbered states that a thing goes through, each written by us, and how far each instance is known to have come.
 * Between a request's start and its end any state may decide it, from the one that its instance is known to have had at
 * the start to the last one that was being written at the end.
 */
export class Timeline {
  #begun: number;
  #settled: number;
  /** The last state that can be in force; `undefined`: the last one begun. */
  #withheldAfter: number | undefined;
  readonly #refused = new Set<number>();
  readonly #seen = new Map<string, number>();

  constructor(instances: readonly string[], first: number) {
    this.#begun = first;
    this.#settled = first;
    for (const instance of instances) this.#seen.set(instance, first);
  }

  /** The last state that was begun to be written. */
  get begun(): number {
    return this.#begun;
  }

  /** To be called before a state is written; its number. */
  begin(): number {
    this.#begun += 1;
    return this.#begun;
  }

  /** The last state that is known to have been written, and to stay until a later one comes. */
  get settled(): number {
    return this.#settled;
  }

  settle(state: number): void {
    this.#settled = state;
  }

  /** The state was never in force, and never will be. One that is neither settled nor refused may have been. */
  refuse(state: number): void {
    this.#refused.add(state);
  }

  /** States that are begun from now on are not in force before `release`: the folder as a whole cannot be loaded. */
  withhold(): void {
    this.#withheldAfter = this.#begun;
  }

  release(): void {
    this.#withheldAfter = undefined;
  }

  /** An instance is known to decide by the state, or by a later one. */
  see(instance: string, state: number): void {
    this.#seen.set(instance, Math.max(state, this.#seen.get(instance) ?? state));
  }

  /** The state that an instance is known to have reached; the least of all instances when none is given. */
  reached(instance?: string): number {
    return (instance === undefined ? undefined : this.#seen.get(instance)) ?? Math.min(...this.#seen.values());
  }

  /** The states from one on that can be in force by now. */
  from(state: number): number[] {
    const last = this.#withheldAfter ?? this.#begun;
    const states = Array.from({ length: last - state + 1 }, (_, at) => state + at);
    return states.filter((each) => !this.#refused.has(each));
  }
}
