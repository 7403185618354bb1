import type { ReloadEvent } from '../../model/reload-event.js';
import type { AskRules } from '../../rules/thread/messages.js';
import { ChangeQueue } from './change-queue.js';
import { type CommitParts, commit } from './commit.js';
import { describeWriteFailure, ManagedFolder, ManagedFolderError } from './managed-folder.js';
import type {
  ChangeOutcome,
  ManagedPolicies,
  PolicyChange,
  PolicyDifference,
  PolicyList,
  PolicyRead,
} from './managed-policies.js';
import { readOwn } from './own-file.js';

/** Where the policies are, and how they come into force. */
export interface ManagedPoliciesOptions {
  /** The rule directory as the operator gave it. */
  readonly rules: string;
  /** The folder of the files that are written, relative to it. */
  readonly managed: string;
  /** True: nothing is written, at start neither. */
  readonly readOnly: boolean;
  /** Reads and checks the rule directory. */
  readonly ask: AskRules;
  /** Loads the rule directory at once and puts it in force: `Reloader.now`. */
  readonly reload: () => Promise<ReloadEvent>;
  /** Of the rules that are in force. */
  readonly generation: () => number;
  /** Told why nothing can be written, as one line: at the start, and with each change that fails for it. */
  readonly onUnwritable?: (problem: string) => void;
  /** Told of each change that is in force, before it is answered. */
  readonly onChanged?: (changes: readonly PolicyDifference[]) => void;
}

/**
 * The policies of a rule directory as the management APIs see and change them. Makes the managed folder where it is
 * missing, and removes what a killed process left in it. Throws `ManagedFolderError` when the folder cannot be used as
 * the settings say; one that cannot be written now is no error: changes will say so.
 */
export async function createManagedPolicies(options: ManagedPoliciesOptions): Promise<ManagedPolicies> {
  const folder = new ManagedFolder(options.rules, options.managed);
  const problem = folder.problem();
  if (problem !== undefined) throw new ManagedFolderError(problem);
  if (!options.readOnly) await tidy(folder, options.onUnwritable);
  return new PolicyFiles(options, folder);
}

/** A disk that is full at the start must not keep the service from deciding. */
async function tidy(folder: ManagedFolder, onUnwritable: ManagedPoliciesOptions['onUnwritable']): Promise<void> {
  try {
    await folder.make();
    await folder.removeLeftOvers();
  } catch (error) {
    onUnwritable?.(`${folder.path} cannot be written: ${describeWriteFailure(error)}`);
  }
}

class PolicyFiles implements ManagedPolicies {
  readonly #folder: ManagedFolder;
  readonly #ask: AskRules;
  readonly #queue: ChangeQueue;
  readonly #generation: () => number;
  readonly #onUnwritable: ManagedPoliciesOptions['onUnwritable'];
  readonly #onChanged: ManagedPoliciesOptions['onChanged'];

  constructor(options: ManagedPoliciesOptions, folder: ManagedFolder) {
    const { ask, reload, generation } = options;
    this.#folder = folder;
    this.#onUnwritable = options.onUnwritable;
    this.#onChanged = options.onChanged;
    this.#ask = ask;
    this.#generation = generation;
    const parts: CommitParts = { folder, ask, reload };
    this.#queue = new ChangeQueue((changes) => commit(changes, parts));
  }

  async read(name: string): Promise<PolicyRead> {
    const own = await readOwn(name, this.#folder);
    if ('errors' in own) return { kind: 'unloadable', errors: own.errors };
    const policy = own.policies.find((each) => each.name === name);
    if (policy !== undefined) return { kind: 'found', policy, generation: this.#generation() };
    const elsewhere = await this.#ask('find', { policy: name, own: this.#folder.relative(name) });
    return elsewhere === undefined
      ? { kind: 'absent' }
      : { kind: 'elsewhere', ...elsewhere, generation: this.#generation() };
  }

  async list(): Promise<PolicyList> {
    const policies = await this.#ask('policies', undefined);
    if ('errors' in policies) return { kind: 'unloadable', errors: policies.errors };
    return { kind: 'found', policies, generation: this.#generation() };
  }

  async change<Refusal>(change: PolicyChange<Refusal>): Promise<ChangeOutcome<Refusal>> {
    const outcome = await this.#queue.add(change);
    if (outcome.kind === 'unwritable') this.#onUnwritable?.(outcome.problem);
    if (outcome.kind === 'changed') this.#onChanged?.(outcome.changes);
    return outcome;
  }
}
