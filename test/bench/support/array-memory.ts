/** What arrays outside of the heap take, over what they took before. */
export class ArrayMemory {
  readonly #before = process.memoryUsage().arrayBuffers;
  #most = 0;

  /** To be called whenever it may be more than ever. */
  look(): void {
    this.#most = Math.max(this.#most, process.memoryUsage().arrayBuffers - this.#before);
  }

  /** Bytes. */
  get most(): number {
    return this.#most;
  }
}
