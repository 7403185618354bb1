import type { ManageContext } from '../manage-context.js';

/** What the REST API needs beside what the management APIs share: what it checks rule files against. */
export interface RestContext extends ManageContext {
  /** The rule directory as the operator gave it. */
  readonly rules: string;
  /** Directory of the address ranges of bots. */
  readonly botRanges: string | undefined;
}
