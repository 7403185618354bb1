import type { CheckedRegex } from './regex.js';
import { type NoteSet, RegexSet } from './regex-set.js';

/** A regular expression of a list, and its position there. */
export interface ListedRegex extends CheckedRegex {
  readonly position: number;
}

interface Part {
  /** Of the part's first regex. */
  readonly first: number;
  readonly positions: readonly number[];
  readonly set: RegexSet;
}

/**
 * How many are matched by one pass. A machine of many is faster, but remembers how far each of them has come, and the
 * combinations explode: of 1,000 in one machine a text costs 0.3 ms, and 1.6 s if it is hostile; in machines of 16
 * both stay near 0.05 ms for a usual text, and 0.03 s for a hostile one of 16 KB (test/bench/RESULTS.md).
 */
const PATTERNS_A_PART = 16;
const INSTRUCTIONS_A_PART = 5_000;

/** The regular expressions of a list, case ignored. A look-up changes nothing but the machines' memory of states. */
export class RegexList {
  readonly #parts: readonly Part[];

  /** Positions ascend. */
  constructor(regexes: readonly ListedRegex[], note?: NoteSet) {
    this.#parts = partsOf(regexes).map((part) => ({
      first: part[0]?.position ?? 0,
      positions: part.map(({ position }) => position),
      set: new RegexSet(
        part.map(({ pattern }) => pattern),
        { ignoreCase: true },
        note,
      ),
    }));
  }

  /** The first position below `limit` whose regular expression finds a match in the text; else `limit`. */
  first(text: string, limit: number): number {
    for (const { first, positions, set } of this.#parts) {
      if (first >= limit) return limit;
      const match = set.match(text)[0];
      if (match !== undefined) return Math.min(limit, positions[match] as number);
    }
    return limit;
  }
}

function partsOf(regexes: readonly ListedRegex[]): ListedRegex[][] {
  const parts: ListedRegex[][] = [];
  let instructions = 0;
  for (const regex of regexes) {
    const part = parts.at(-1);
    instructions += regex.instructions;
    if (part !== undefined && part.length < PATTERNS_A_PART && instructions <= INSTRUCTIONS_A_PART) {
      part.push(regex);
    } else {
      parts.push([regex]);
      instructions = regex.instructions;
    }
  }
  return parts;
}
