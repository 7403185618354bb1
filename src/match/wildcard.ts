import { type LabelToken, matchesLabels } from './match-labels.js';

/** A wildcard pattern and the positions in the list that it stands at. */
export interface Wildcard {
  readonly labels: readonly LabelToken[];
  /** Length of the literal suffix and the dot before it: 0 without a suffix. */
  readonly suffixLength: number;
  /** Ascending. */
  readonly positions: readonly number[];
}

/** Tries patterns, ordered by their first positions, and appends those that cover the host and stand below `limit`. */
export function collectFrom(wildcards: readonly Wildcard[], host: string, limit: number, found: Wildcard[]): void {
  for (const wildcard of wildcards) {
    if ((wildcard.positions[0] ?? limit) >= limit) return;
    if (matchesLabels(wildcard.labels, host, host.length - wildcard.suffixLength)) found.push(wildcard);
  }
}
