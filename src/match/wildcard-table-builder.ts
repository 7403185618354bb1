import type { WildcardPattern } from '../model/entry.js';
import { type CompiledWildcard, compileWildcard } from './compile-wildcard.js';
import type { HashSeed } from './hash-seed.js';
import { buildKeyTable } from './key-table-builder.js';
import type { Wildcard } from './wildcard.js';
import { appendTo, type BucketPattern, buildWildcardBucket } from './wildcard-bucket-builder.js';
import type { WildcardTable } from './wildcard-table.js';

/** A pattern as it was given, and the positions in the list that it stands at, ascending. */
export interface PlacedWildcard {
  readonly pattern: WildcardPattern;
  readonly positions: readonly number[];
}

interface Pending extends CompiledWildcard {
  readonly positions: readonly number[];
}

const NO_KEYS = buildKeyTable([], { start: 0, multiplier: 0 }, 'right');

/** One for all lists without wildcards, which most are. */
const NO_WILDCARDS: WildcardTable = {
  suffixes: NO_KEYS,
  behindSuffix: [],
  labels: NO_KEYS,
  behindLabel: [],
  others: [],
};

/** One for all lists without wildcards. */
const NONE_PLACED: readonly PlacedWildcard[] = [];

/** Gathers wildcard patterns; equal ones are matched once. */
export class PlacedWildcards {
  readonly #placed = new Map<string, { pattern: WildcardPattern; positions: number[] }>();

  /** Positions must be added in ascending order. */
  add(pattern: WildcardPattern, position: number): void {
    // A label never holds a slash, so no two patterns have the same key.
    const key = `${pattern.labels.join('.')}${pattern.below ? '/' : ''}`;
    const known = this.#placed.get(key);
    if (known === undefined) this.#placed.set(key, { pattern, positions: [position] });
    else if (known.positions.at(-1) !== position) known.positions.push(position);
  }

  build(): readonly PlacedWildcard[] {
    return this.#placed.size === 0 ? NONE_PLACED : [...this.#placed.values()];
  }
}

/** Compiles patterns for look-up. */
export function buildWildcardTable(placed: readonly PlacedWildcard[], seed: HashSeed): WildcardTable {
  if (placed.length === 0) return NO_WILDCARDS;
  const pending: readonly Pending[] = placed.map(({ pattern, positions }) => ({
    ...compileWildcard(pattern),
    positions,
  }));
  const rarity = countLabels(pending);
  const behindSuffix = new Map<string, BucketPattern[]>();
  const behindLabel = new Map<string, Wildcard[]>();
  const others: Wildcard[] = [];
  for (const { suffix, labels, head, tail, literals, positions } of pending) {
    const wildcard = { labels, suffixLength: suffix === '' ? 0 : suffix.length + 1, positions };
    const label = rarest(literals, rarity);
    if (suffix !== '') appendTo(behindSuffix, suffix, { head, tail, wildcard });
    else if (label !== undefined) appendTo(behindLabel, label, wildcard);
    else others.push(wildcard);
  }
  return {
    suffixes: buildKeyTable([...behindSuffix.keys()], seed, 'right'),
    behindSuffix: [...behindSuffix.values()].map((patterns) => buildWildcardBucket(patterns, seed)),
    labels: buildKeyTable([...behindLabel.keys()], seed, 'right'),
    behindLabel: [...behindLabel.values()],
    others,
  };
}

/** In how many patterns without a literal suffix each literal label stands. */
function countLabels(patterns: Iterable<CompiledWildcard>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { suffix, literals } of patterns) {
    if (suffix !== '') continue;
    for (const label of new Set(literals)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** The label that the fewest patterns share (of `www` and `example`, `example`), of several the longest. */
function rarest(labels: readonly string[], counts: ReadonlyMap<string, number>): string | undefined {
  const countOf = (label: string): number => counts.get(label) ?? 0;
  return labels.toSorted((a, b) => countOf(a) - countOf(b) || b.length - a.length)[0];
}
