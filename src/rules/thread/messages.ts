import type { RulesImage } from '../image/rules-image.js';
import type { FolderOptions } from '../load/folder-loader.js';
import type { LoadWork, RefusalReason } from '../load/load-result.js';
import type { PlacedPolicy } from '../policy-index.js';
import type { AllPolicies } from '../read-all-policies.js';
import type { RuleError, RuleWarning } from '../rule-error.js';

/** What a thread loads, and how. */
export interface ThreadOptions extends Omit<FolderOptions, 'now'> {
  /** The rule directory as the operator gave it. */
  readonly dir: string;
}

/** What the thread can be asked, and what it answers. */
export interface Questions {
  /** Loads the directory as it is now. */
  readonly load: { readonly asks: LoadQuestion; readonly says: LoadAnswer };
  /** Says what would come of writing files. */
  readonly check: { readonly asks: CheckQuestion; readonly says: CheckAnswer };
  /** Checks one rule file by itself: see `checkRuleFile`. */
  readonly checkFile: { readonly asks: CheckFileQuestion; readonly says: CheckFileAnswer };
  /** Tells which files some policies are in now, by the policies' names. */
  readonly places: { readonly asks: readonly string[]; readonly says: ReadonlyMap<string, readonly string[]> };
  /** Reads a policy from a file that is not its own. */
  readonly find: { readonly asks: FindQuestion; readonly says: PlacedPolicy | undefined };
  /** Reads all policies. */
  readonly policies: { readonly asks: undefined; readonly says: AllPolicies };
}

/** Asks for what is in the rule directory: in a thread of its own, where requests are answered beside it. */
export type AskRules = <K extends keyof Questions>(
  kind: K,
  question: Questions[K]['asks'],
) => Promise<Questions[K]['says']>;

export interface LoadQuestion {
  /** The digest of what is in force: of the same content no image is made. */
  readonly inForce: string | undefined;
  /** Ids of the list parts and batches that the receiver holds, whose content is left out of the image. */
  readonly held: ReadonlySet<string>;
  /** True: files are read that look as before, too. */
  readonly distrust: boolean;
}

export type LoadAnswer = LoadedImage | Unchanged | Refused;

/** Rules without mistakes, ready to be handed over. */
export interface LoadedImage {
  readonly kind: 'image';
  readonly image: RulesImage;
  readonly digest: string;
  /** A line each; of very many the first ones. */
  readonly warnings: readonly string[];
  readonly work: LoadWork;
}

/** The content is that in force. */
export interface Unchanged {
  readonly kind: 'unchanged';
  readonly digest: string;
  readonly work: LoadWork;
}

/** Rules that cannot be used. */
export interface Refused {
  readonly kind: 'refused';
  readonly errors: readonly RuleError[];
  readonly reason: RefusalReason;
  readonly digest: string;
  readonly work: LoadWork;
}

export interface CheckQuestion {
  /** Contents by path below the directory; `undefined`: as if nothing were there. */
  readonly overlay: ReadonlyMap<string, Uint8Array | undefined>;
  /** Files whose warnings are asked for, by path below the directory; a folder's may be 100,000. */
  readonly about: readonly string[];
}

/** What would come of it. `warnings`: those in the files that were asked about, and those that come from a policy. */
export type CheckAnswer =
  | { readonly ok: true; readonly warnings: readonly RuleWarning[] }
  | { readonly ok: false; readonly errors: readonly RuleError[]; readonly reason: RefusalReason };

export interface CheckFileQuestion {
  readonly bytes: Uint8Array;
  /** Where it would stand. */
  readonly relative: string;
  readonly withBots: boolean;
}

export interface CheckFileAnswer {
  /** What errors call the file. */
  readonly file: string;
  readonly errors: readonly RuleError[];
  readonly warnings: readonly RuleWarning[];
}

export interface FindQuestion {
  readonly policy: string;
  /** The file that is the policy's own. */
  readonly own: string;
}

/** A question on its way to the thread. */
export interface Asked<K extends keyof Questions = keyof Questions> {
  readonly id: number;
  readonly kind: K;
  readonly question: Questions[K]['asks'];
}

/** An answer on its way back. */
export interface Answered {
  readonly id: number;
  readonly answer: Questions[keyof Questions]['says'];
}
