import { RE2JS, RE2Set } from 're2js';

/**
 * Memory for the states that texts have led a set to. Hostile texts can ask for ever new ones, so it must end somewhere:
 * when it is full the states are forgotten, and where that does not help the text is matched without them.
 */
const STATE_BYTES = 512 * 1024;

/** Takes note of a set that is not compiled yet, so that somebody can do so before the first text comes. */
export type NoteSet = (set: RegexSet) => void;

/** For whom the first text is early enough. */
export const LEAVE_FOR_LATER: NoteSet = () => undefined;

/**
 * Several patterns as one machine, which tells by one pass over a text which of them match. The patterns must have
 * been checked. Also for a single one: a set's memory can be bounded, that of `RE2JS` is 8 MiB.
 *
 * The machine is made at the first text, or before by `compile`: sixteen patterns take a millisecond, and those who
 * only read rules, or hand them on, never need it.
 */
export class RegexSet {
  readonly #patterns: readonly string[];
  readonly #ignoreCase: boolean;
  #machine: RE2Set | undefined;

  constructor(patterns: readonly string[], { ignoreCase }: { readonly ignoreCase: boolean }, note = LEAVE_FOR_LATER) {
    this.#patterns = patterns;
    this.#ignoreCase = ignoreCase;
    note(this);
  }

  /** Makes the machine, if there is none yet. */
  compile(): RE2Set {
    this.#machine ??= this.#make();
    return this.#machine;
  }

  /** Places of the patterns that match, ascending. */
  match(text: string): readonly number[] {
    return (this.#machine ?? this.compile()).match(text);
  }

  #make(): RE2Set {
    const set = new RE2Set(RE2Set.UNANCHORED, this.#ignoreCase ? RE2JS.CASE_INSENSITIVE : 0, STATE_BYTES);
    for (const pattern of this.#patterns) set.add(pattern);
    set.compile();
    return set;
  }
}
