import type { WildcardPattern } from '../model/entry.js';
import { type CompiledWildcard, compileWildcard } from './compile-wildcard.js';
import type { HashSeed } from './hash-seed.js';
import { buildKeyTable } from './key-table-builder.js';
import type { Wildcard } from './wildcard.js';
import { appendTo, type BucketPattern, buildWildcardBucket } from './wildcard-bucket-builder.js';
import type { WildcardTable } from './wildcard-table.js';

interface Pending extends CompiledWildcard {
  readonly positions: number[];
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

/** Gathers wildcard patterns; equal ones are matched once. */
export class WildcardTableBuilder {
  readonly #pending = new Map<string, Pending>();

  /** Positions must be added in ascending order. */
  add(pattern: WildcardPattern, position: number): void {
    // A label never holds a slash, so no two patterns have the same key.
    const key = `${pattern.labels.join('.')}${pattern.below ? '/' : ''}`;
    const known = this.#pending.get(key);
    if (known === undefined) this.#pending.set(key, { ...compileWildcard(pattern), positions: [position] });
    else if (known.positions.at(-1) !== position) known.positions.push(position);
  }

  build(seed: HashSeed): WildcardTable {
    if (this.#pending.size === 0) return NO_WILDCARDS;
    const rarity = countLabels(this.#pending.values());
    const behindSuffix = new Map<string, BucketPattern[]>();
    const behindLabel = new Map<string, Wildcard[]>();
    const others: Wildcard[] = [];
    for (const { suffix, labels, head, tail, literals, positions } of this.#pending.values()) {
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
