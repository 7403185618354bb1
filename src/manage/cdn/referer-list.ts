import type { RefererFunction } from '../../import/cdn/referer-functions.js';

/** A Referer list as a call sets it. What is not given is not there. */
export interface RefererList {
  readonly name: RefererFunction;
  readonly entries: readonly string[];
  readonly allowEmpty?: boolean;
  readonly redirectUrl?: string;
  /** `disable_ast`, "Exact Match". */
  readonly exact?: boolean;
  readonly ignoreScheme?: boolean;
}
