import { type ListedFile, listRuleFiles } from '../../rules/read/list-rule-files.js';
import { readPolicies } from '../../rules/read-policies.js';
import { formatRuleError } from '../../rules/rule-error.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { Unloadable } from './managed-policies.js';

/** Which policies a file held when it was last read. */
interface IndexedFile {
  readonly identity: string;
  readonly names: readonly string[];
}

/** Knows which file each policy is in, and reads only the files that have changed since it was last asked. */
export class PolicyIndex {
  readonly #rules: string;
  #files: ReadonlyMap<string, IndexedFile> = new Map();
  #refreshing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(rules: string) {
    this.#rules = rules;
  }

  /** Looks at the directory as it is after the call; those who ask meanwhile share the next look. */
  refresh(): Promise<void> {
    if (this.#refreshing === undefined) return this.#start();
    this.#next ??= this.#refreshing.then(() => {
      this.#next = undefined;
      return this.#start();
    });
    return this.#next;
  }

  /** The first file other than `own` that holds the policy. */
  fileOf(policy: string, own: string): string | undefined {
    for (const [relative, { names }] of this.#files) {
      if (relative !== own && names.includes(policy)) return relative;
    }
    return undefined;
  }

  /** The same with the policy itself, as the directory is now. */
  async find(
    policy: string,
    own: string,
  ): Promise<{ readonly policy: PolicySource; readonly file: string } | undefined> {
    await this.refresh();
    const file = this.fileOf(policy, own);
    if (file === undefined) return undefined;
    const read = await readPolicies(this.#rules, { relative: file, identity: '' });
    const found = read.ok ? read.policies.find(({ name }) => name === policy) : undefined;
    return found && { policy: found, file };
  }

  #start(): Promise<void> {
    this.#refreshing = this.#look().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #look(): Promise<void> {
    const listing = await listRuleFiles(this.#rules);
    // What cannot be listed cannot be loaded either; whoever changes something will hear of it.
    if ('unreadable' in listing) return;
    const files = new Map<string, IndexedFile>();
    for (const file of listing.files) files.set(file.relative, await this.#indexed(file));
    this.#files = files;
  }

  async #indexed(file: ListedFile): Promise<IndexedFile> {
    const known = this.#files.get(file.relative);
    if (known?.identity === file.identity) return known;
    const read = await readPolicies(this.#rules, file);
    // Of a file that somebody broke, what it held before is still its own.
    const names = read.ok ? read.policies.map(({ name }) => name) : (known?.names ?? []);
    return { identity: file.identity, names };
  }
}

/** Every policy of every file, in the order of files and lists. */
export async function readAllPolicies(rules: string): Promise<readonly PolicySource[] | Unloadable> {
  const listing = await listRuleFiles(rules);
  if ('unreadable' in listing) return { kind: 'unloadable', errors: [`${rules}: ${listing.unreadable}`] };
  const policies: PolicySource[] = [];
  const errors: string[] = [];
  for (const file of listing.files) {
    const read = await readPolicies(rules, file);
    if (read.ok) policies.push(...read.policies);
    else errors.push(...read.errors.map(formatRuleError));
  }
  return errors.length > 0 ? { kind: 'unloadable', errors } : policies;
}
