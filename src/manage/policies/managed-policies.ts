import type { RuleError, RuleWarning } from '../../rules/rule-error.js';
import type { PolicySource } from '../../rules/validate/schema.js';

/**
 * The policies that the management APIs write: one a file, `managed/<policy>.yaml`. There is one of it in a service, and
 * it is the only one who writes there.
 */
export interface ManagedPolicies {
  /** The policy of that name as the files say it now. */
  read(name: string): Promise<PolicyRead>;
  /** Every policy of every rule file, in the order of files and lists, whoever wrote it. */
  list(): Promise<PolicyList>;
  /**
   * Changes policies: all of a change, or nothing. It is answered `changed` only when the files are durable and in force
   * in this instance. Changes are made one after the other: what `edit` is given is what is there, and nobody else
   * changes it before the outcome is known.
   */
  change<Refusal>(change: PolicyChange<Refusal>): Promise<ChangeOutcome<Refusal>>;
}

/** What is found under a name. */
export type PolicyRead =
  | { readonly kind: 'found'; readonly policy: PolicySource; readonly generation: number }
  /** It is in a file that the APIs do not write, below the rule directory. */
  | { readonly kind: 'elsewhere'; readonly policy: PolicySource; readonly file: string; readonly generation: number }
  | { readonly kind: 'absent' }
  | Unloadable;

/** All policies, or why they cannot be told. */
export type PolicyList =
  | { readonly kind: 'found'; readonly policies: readonly PolicySource[]; readonly generation: number }
  | Unloadable;

/** One change of one or more policies. */
export interface PolicyChange<Refusal> {
  /** Whom it is about. */
  readonly names: readonly string[];
  /**
   * From the policies that are there to those that shall be, or why not. Called once or more, with what is there then;
   * must not wait, and must not change what it is given.
   */
  edit(current: CurrentPolicies): Edit<Refusal>;
}

/** The policies of `names` that exist in files of their own. */
export type CurrentPolicies = ReadonlyMap<string, PolicySource>;

/** `next`: the policies of `names` that shall exist, each whole; one that is left out is removed. */
export type Edit<Refusal> = { readonly next: ReadonlyMap<string, PolicySource> } | { readonly refused: Refusal };

/** What came of a change. In all but the first case nothing is written. */
export type ChangeOutcome<Refusal> =
  | {
      readonly kind: 'changed';
      readonly generation: number;
      readonly changes: readonly PolicyDifference[];
      /** Of the files of the policies, and then of other files because of these policies. */
      readonly warnings: readonly RuleWarning[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `refgate validate` would refuse it. The paths of the errors begin at the policy: `referer.allow[2]`. */
  | { readonly kind: 'invalid'; readonly policy: string; readonly errors: readonly RuleError[] }
  /** A policy of that name is in another file. */
  | { readonly kind: 'elsewhere'; readonly policy: string; readonly file: string }
  | Unloadable
  /** The files cannot be written: a full disk, a missing permission. */
  | { readonly kind: 'unwritable'; readonly problem: string };

/** The rule directory cannot be loaded as it is: somebody else's mistake, told by the service's own log. */
export interface Unloadable {
  readonly kind: 'unloadable';
  /** Each one line, with its place. */
  readonly errors: readonly string[];
}

/** One policy, before and after. */
export interface PolicyDifference {
  readonly policy: string;
  /** `undefined`: there was none. */
  readonly before: PolicySource | undefined;
  /** `undefined`: it is removed. */
  readonly after: PolicySource | undefined;
}
