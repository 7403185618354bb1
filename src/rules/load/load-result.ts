import type { CompiledRules } from '../../model/snapshot.js';
import type { RuleError, RuleWarning } from '../rule-error.js';

/** What came of the files of a directory. Errors and warnings are in order. */
export type CompiledFolder =
  | { readonly ok: true; readonly rules: CompiledRules; readonly warnings: readonly RuleWarning[] }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

/** `digest` names the content that was read: where it is equal, so are the rules. */
export type LoadResult = LoadedRules | RefusedRules;

/** Rules without mistakes. */
export interface LoadedRules {
  readonly ok: true;
  readonly rules: CompiledRules;
  readonly warnings: readonly RuleWarning[];
  readonly digest: string;
  readonly work: LoadWork;
}

/** `unreadable`: a directory itself; `changing`: it changed whenever it was read; `invalid`: what is in it. */
export type RefusalReason = 'unreadable' | 'changing' | 'invalid';

/** Rules that cannot be used. */
export interface RefusedRules {
  readonly ok: false;
  readonly errors: readonly RuleError[];
  readonly reason: RefusalReason;
  readonly digest: string;
  readonly work: LoadWork;
}

/** The content is that of the digest that was asked about, so that no rules were made of it. */
export interface UnchangedRules {
  readonly ok: true;
  readonly unchanged: true;
  readonly digest: string;
  readonly work: LoadWork;
}

/** What a load had to do. */
export interface LoadWork {
  /** Rule files of the directory. */
  readonly files: number;
  /** Those of them that were parsed and compiled; the others are as they were. */
  readonly compiled: number;
}
