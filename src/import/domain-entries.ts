import { HostEntries } from './host-entries.js';
import type { Losses } from './losses.js';

/**
 * Entries of the products whose `example.com` is that host alone and whose `*.example.com` reaches any depth below it:
 * they go into a policy with `exact: true`, where the latter is written `**.example.com`.
 */
export class DomainEntries {
  readonly #entries: HostEntries;

  constructor(losses: Losses) {
    this.#entries = new HostEntries(true, losses);
  }

  get list(): string[] {
    return this.#entries.list;
  }

  add(written: string, line: number): void {
    const entry = written.trim();
    if (entry === '') return;
    const isWildcard = /^\*(?:\.|$)/.test(entry);
    this.#entries.add(isWildcard ? `*${entry}` : entry, line, entry);
  }

  /** An expression on the text after `://`. */
  addRegex(pattern: string, line: number, written: string): void {
    this.#entries.addRegex(pattern, line, written);
  }
}
