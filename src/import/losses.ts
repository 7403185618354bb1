import type { ImportSource, Loss } from './imported.js';

/** What one file loses, as it is found. */
export class Losses {
  readonly #list: Loss[] = [];
  readonly #file: string;

  constructor({ file }: ImportSource) {
    this.#file = file;
  }

  /** By line. */
  get list(): readonly Loss[] {
    return this.#list.toSorted((a, b) => a.line - b.line);
  }

  /** Some request is decided otherwise than before. */
  changing(line: number, message: string): void {
    this.#list.push({ file: this.#file, line, message, changesDecisions: true });
  }

  /** Nothing that decides: said so that nobody looks for it. */
  harmless(line: number, message: string): void {
    this.#list.push({ file: this.#file, line, message, changesDecisions: false });
  }
}
