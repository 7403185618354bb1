import { parseEntry } from '../referer/parse-entry.js';
import { isProblem } from '../referer/pattern-problem.js';
import { quote } from '../rules/key-path.js';
import type { Losses } from './losses.js';
import { readable } from './regex/after-scheme.js';

/**
 * Collects the entries of one list in the host dialect. What refgate would not take as an entry is a loss, since one
 * bad entry would make the whole rule file bad; what comes twice is written once.
 */
export class HostEntries {
  readonly #entries = new Set<string>();
  readonly #exact: boolean;
  readonly #losses: Losses;

  constructor(exact: boolean, losses: Losses) {
    this.#exact = exact;
    this.#losses = losses;
  }

  get list(): string[] {
    return [...this.#entries];
  }

  /** @param written - as the product has it, for messages, where that is not the entry itself */
  add(entry: string, line: number, written = entry): void {
    const parsed = parseEntry(entry, { exact: this.#exact });
    if (isProblem(parsed)) this.#losses.changing(line, `entry ${quote(written)}: ${parsed.problem}`);
    else this.#entries.add(parsed.written);
  }

  /** An expression on the text after `://`. */
  addRegex(pattern: string, line: number, written: string): void {
    const checked = readable(pattern);
    if ('problem' in checked) this.#losses.changing(line, `expression ${quote(written)}: ${checked.problem}`);
    else this.#entries.add(`~${pattern}`);
  }
}
