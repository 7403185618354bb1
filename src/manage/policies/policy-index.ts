import { type ListedFile, listRuleFiles } from '../../rules/read/list-rule-files.js';
import { readPolicies, readPolicyNames } from '../../rules/read-policies.js';
import type { PolicySource } from '../../rules/validate/schema.js';

/** Which policies a file held when it was last read. */
interface IndexedFile {
  readonly identity: string;
  readonly names: readonly string[];
}

/** Knows which file each policy is in, and reads only the files that have changed since it was last asked. */
export class PolicyIndex {
  readonly #rules: string;
  #files: ReadonlyMap<string, IndexedFile> = new Map();
  /** Files by policy: mostly one each. */
  #places: ReadonlyMap<string, readonly string[]> = new Map();
  #looking: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** `rules` is the rule directory. Nothing is read yet. */
  constructor(rules: string) {
    this.#rules = rules;
  }

  /** Looks at the directory as it is after the call; those who ask during a look share the next one. */
  refresh(): Promise<void> {
    if (this.#looking === undefined) return this.#start();
    this.#next ??= this.#looking.then(() => {
      this.#next = undefined;
      return this.#start();
    });
    return this.#next;
  }

  /** The first file but `own` that held the policy at the last look: a path below the rule directory. */
  fileOf(policy: string, own: string): string | undefined {
    return this.#places.get(policy)?.find((file) => file !== own);
  }

  /** The same, with the policy itself, as the directory is now. */
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
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const listing = listRuleFiles(this.#rules);
    // What cannot be listed cannot be loaded either; whoever changes something will hear of it.
    if ('unreadable' in listing) return;
    const files = new Map<string, IndexedFile>();
    for (const file of listing.files) files.set(file.relative, await this.#indexed(file));
    this.#files = files;
    this.#places = placesIn(files);
  }

  async #indexed(file: ListedFile): Promise<IndexedFile> {
    const known = this.#files.get(file.relative);
    if (known?.identity === file.identity) return known;
    // What a file held before somebody broke it is still its own.
    const names = (await readPolicyNames(this.#rules, file)) ?? known?.names ?? [];
    return { identity: file.identity, names };
  }
}

function placesIn(files: ReadonlyMap<string, IndexedFile>): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const [file, { names }] of files) {
    for (const name of names) {
      const others = places.get(name);
      if (others === undefined) places.set(name, [file]);
      else others.push(file);
    }
  }
  return places;
}
