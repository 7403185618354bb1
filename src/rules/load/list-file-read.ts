import type { AnyListPart } from '../../match/list-part.js';

/** A list file that a rule file names, and what came of reading it. */
export interface ListFileRead {
  /** As the rule file names it. */
  readonly written: string;
  /** Where it was found, and what it looked like; `undefined`: there is none to be read. */
  readonly found?: { readonly relative: string; readonly identity: string };
  /** SHA-256 of the content; of what cannot be read, why, to follow its name; `undefined`: it was not read to its end. */
  readonly content: string | undefined;
  /** What was made of it, if it is large. */
  readonly part?: AnyListPart;
}
