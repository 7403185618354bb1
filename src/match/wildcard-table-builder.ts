import type { WildcardPattern } from '../model/entry.js';
import { ByteStore } from './byte-store.js';
import { type CompiledWildcard, compileWildcard } from './compile-wildcard.js';
import type { HashSeed } from './hash-seed.js';
import { buildKeyTable } from './key-table-builder.js';
import type { LabelEnds, WildcardTable } from './wildcard-table.js';
import { WordStore } from './word-store.js';

interface Pending extends CompiledWildcard {
  readonly number: number;
  readonly positions: number[];
}

/** So many patterns are tried one after another sooner than looked up. */
const FEW_PATTERNS = 8;

/** Gathers wildcard patterns; equal ones are matched once. */
export class WildcardTableBuilder {
  readonly #pending = new Map<string, Pending>();

  /** Positions must be added in ascending order. */
  add(pattern: WildcardPattern, position: number): void {
    // A label never holds a slash, so no two patterns have the same key.
    const key = `${pattern.labels.join('.')}${pattern.below ? '/' : ''}`;
    const known = this.#pending.get(key);
    const number = this.#pending.size;
    if (known === undefined) this.#pending.set(key, { ...compileWildcard(pattern), number, positions: [position] });
    else if (known.positions.at(-1) !== position) known.positions.push(position);
  }

  /** `undefined` where there are no wildcards, as in most lists. */
  build(seed: HashSeed): WildcardTable | undefined {
    if (this.#pending.size === 0) return undefined;
    const behindSuffix = new Map<string, Pending[]>();
    const behindLabel = new Map<string, Pending[]>();
    const others: Pending[] = [];
    const rarity = countLabels(this.#pending.values());
    for (const pending of this.#pending.values()) {
      const label = rarest(pending.literals, rarity);
      if (pending.suffix !== '') appendTo(behindSuffix, pending.suffix, pending);
      else if (label !== undefined) appendTo(behindLabel, label, pending);
      else others.push(pending);
    }
    const lists = new ListWriter();
    const ends = new Map<number, LabelEnds>();
    const always = [...behindSuffix.values()].map((patterns, suffix) => {
      if (patterns.length <= FEW_PATTERNS) return patterns;
      ends.set(suffix, labelEnds(patterns, seed, lists));
      return patterns.filter(({ head, tail }) => head === '' && tail === '');
    });
    return {
      ...layDown(this.#pending.values()),
      suffixes: buildKeyTable([...behindSuffix.keys()], seed, 'right'),
      suffixLists: lists.writeAll(always),
      ends,
      labels: buildKeyTable([...behindLabel.keys()], seed, 'right'),
      labelLists: lists.writeAll([...behindLabel.values()]),
      others: lists.writeAll(others.length === 0 ? [] : [others]),
      members: lists.build(),
    };
  }
}

/** Lists of wildcards, one after another. */
class ListWriter {
  readonly #members = new WordStore();

  /** Writes lists; returns where each begins and how many it has. */
  writeAll(lists: readonly (readonly Pending[])[]): Uint32Array {
    const places = new Uint32Array(2 * lists.length);
    for (const [list, members] of lists.entries()) {
      places[2 * list] = this.#members.length;
      places[2 * list + 1] = members.length;
      for (const { number } of members) this.#members.push(number);
    }
    return places;
  }

  build(): Uint32Array {
    return this.#members.build();
  }
}

/** Puts each pattern behind the longer of the two literal ends of the label before its suffix. */
function labelEnds(patterns: readonly Pending[], seed: HashSeed, lists: ListWriter): LabelEnds {
  const behindHead = new Map<string, Pending[]>();
  const behindTail = new Map<string, Pending[]>();
  for (const pattern of patterns) {
    const { head, tail } = pattern;
    if (head.length > tail.length) appendTo(behindHead, head, pattern);
    else if (tail !== '') appendTo(behindTail, tail, pattern);
  }
  return {
    heads: buildKeyTable([...behindHead.keys()], seed, 'left'),
    headLists: lists.writeAll([...behindHead.values()]),
    tails: buildKeyTable([...behindTail.keys()], seed, 'right'),
    tailLists: lists.writeAll([...behindTail.values()]),
  };
}

/** In the order of their numbers. */
function layDown(patterns: Iterable<Pending>): Pick<WildcardTable, 'records' | 'bytes' | 'positions'> {
  const records = new WordStore();
  const bytes = new ByteStore();
  const positions = new WordStore();
  for (const pattern of patterns) {
    records.push(bytes.appendAscii(pattern.labels));
    records.push(pattern.labels.length);
    records.push(pattern.suffix === '' ? 0 : pattern.suffix.length + 1);
    records.push(positions.length);
    records.push(pattern.positions.length);
    for (const position of pattern.positions) positions.push(position);
  }
  return { records: records.build(), bytes: bytes.build(), positions: positions.build() };
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

/** Appends to the list of a key, which begins with its first value. */
function appendTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
