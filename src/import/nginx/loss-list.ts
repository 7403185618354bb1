import type { Loss } from '../imported.js';
import type { Place } from './directive.js';

/** What an import loses, as it is found, in files of which each may include others. */
export class LossList {
  readonly #losses: Loss[] = [];
  readonly #told = new Set<string>();

  /** In the order of their places; a file that is included twice tells of its losses once. */
  get losses(): readonly Loss[] {
    return this.#losses.toSorted((one, other) => compareTexts(one.file, other.file) || one.line - other.line);
  }

  /** Some request is decided otherwise than before. */
  changing(place: Place, message: string): void {
    this.#add({ file: place.file, line: place.line, message, changesDecisions: true });
  }

  /** Decides nothing: told so that nobody looks for it. */
  harmless(place: Place, message: string): void {
    this.#add({ file: place.file, line: place.line, message, changesDecisions: false });
  }

  #add(loss: Loss): void {
    const key = JSON.stringify(loss);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#losses.push(loss);
  }
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
