import type { AnyListPart } from '../../match/list-part.js';

/** A list part, and what a load needs of it that its file would say again. */
export interface KnownPart {
  /** Without its content once that has been handed over to another thread. */
  readonly part: AnyListPart;
  readonly counts: PartCounts;
  /** That its entries name. */
  readonly schemes: ReadonlySet<string>;
}

/** What a part counts towards the limits. */
export interface PartCounts {
  readonly entries: number;
  readonly regexInstructions: number;
}

/**
 * The list parts that are known, by their ids: to a load, those that it has compiled, so that a file in ten policies is
 * compiled once; to whoever keeps them between loads, those of the rules in force. Nobody has to remember any.
 */
export interface ListParts {
  get(id: string): KnownPart | undefined;
  /** Takes a part that was compiled without mistakes. */
  set(id: string, known: KnownPart): unknown;
}
