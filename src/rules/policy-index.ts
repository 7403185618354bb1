import { type ListedFile, listRuleFiles } from './read/list-rule-files.js';
import { readPolicies, readPolicyNames } from './read-policies.js';
import type { PolicySource } from './validate/schema.js';

/** Which policies a file held when it was last read. */
interface IndexedFile {
  readonly identity: string;
  readonly names: readonly string[];
}

/** A policy, and the file that it is in: a path below the rule directory. */
export interface PlacedPolicy {
  readonly policy: PolicySource;
  readonly file: string;
}

/** Knows which file each policy is in, and reads only the files that have changed since it was last asked. */
export class PolicyIndex {
  readonly #rules: string;
  readonly #namesIn: (file: ListedFile) => readonly string[] | undefined;
  #files: ReadonlyMap<string, IndexedFile> = new Map();
  /** Files by policy: mostly one each. */
  #places: ReadonlyMap<string, readonly string[]> = new Map();

  /** `rules` is the rule directory; `namesIn` may know what a file holds. Nothing is read yet. */
  constructor(rules: string, namesIn: (file: ListedFile) => readonly string[] | undefined) {
    this.#rules = rules;
    this.#namesIn = namesIn;
  }

  /** The files that each of some policies is in, as the directory is now. One look at a time. */
  async placesOf(policies: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    await this.#look();
    return new Map(policies.map((policy) => [policy, this.#places.get(policy) ?? []]));
  }

  /** A policy in the first file but `own`, as the directory is now. */
  async find(policy: string, own: string): Promise<PlacedPolicy | undefined> {
    const file = (await this.placesOf([policy])).get(policy)?.find((place) => place !== own);
    if (file === undefined) return undefined;
    const read = await readPolicies(this.#rules, { relative: file, identity: '' });
    const found = read.ok ? read.policies.find(({ name }) => name === policy) : undefined;
    return found && { policy: found, file };
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
    const names = this.#namesIn(file) ?? (await readPolicyNames(this.#rules, file)) ?? known?.names ?? [];
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
