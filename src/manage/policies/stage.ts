import { joinDir } from '../../rules/read/list-rule-files.js';
import type { AskRules } from '../../rules/thread/messages.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { ManagedFolder } from './managed-folder.js';
import type { ChangeOutcome, PolicyChange, PolicyDifference } from './managed-policies.js';
import { readOwn } from './own-file.js';
import { isSame, withoutUndefined } from './plain-value.js';
import { checkPolicy, type FilePlace, type PolicyFile, withPolicy } from './policy-file.js';

/** A change whose outcome is open until the files are in force. */
export interface StagedChange {
  readonly kind: 'staged';
  readonly changes: readonly PolicyDifference[];
}

/** A file of a stage: as it was found on disk, and as the changes so far make it. */
export interface StagedFile {
  readonly policy: string;
  readonly found: PolicyFile;
  readonly next: PolicyFile;
}

/** What files are staged with. */
export interface StageParts {
  readonly folder: ManagedFolder;
  /** The files that the policies are in now. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly ask: AskRules;
}

/** Policy files as changes make them, one after the other; nothing is written. */
export class Stage {
  readonly #folder: ManagedFolder;
  readonly #parts: StageParts;
  readonly #files = new Map<string, StagedFile>();

  constructor(parts: StageParts) {
    this.#folder = parts.folder;
    this.#parts = parts;
  }

  /** The files that differ from what is on disk. */
  changed(): StagedFile[] {
    return [...this.#files.values()].filter(({ found, next }) => found.content !== next.content);
  }

  /** Applies a change to what those before it made, all of it or nothing. */
  async apply(change: PolicyChange<unknown>): Promise<StagedChange | ChangeOutcome<unknown>> {
    const files = new Map<string, StagedFile>();
    for (const policy of new Set(change.names)) {
      const file = this.#files.get(policy) ?? (await this.#read(policy));
      if ('kind' in file) return file;
      files.set(policy, file);
    }
    const current = new Map([...files].flatMap(([policy, { next }]) => entryOf(policy, next)));
    const edit = change.edit(current);
    if ('refused' in edit) return { kind: 'refused', refusal: edit.refused };
    const changes: PolicyDifference[] = [];
    for (const [policy, file] of files) {
      const difference = { policy, before: current.get(policy), after: withoutUndefined(edit.next.get(policy)) };
      const edited = await this.#edit(file, difference);
      if ('kind' in edited) return edited;
      files.set(policy, edited);
      changes.push(difference);
    }
    for (const [policy, file] of files) this.#files.set(policy, file);
    return { kind: 'staged', changes };
  }

  async #read(policy: string): Promise<StagedFile | ChangeOutcome<never>> {
    const place = this.#place(policy);
    const elsewhere = this.#parts.places.get(policy)?.find((file) => file !== place.relative);
    if (elsewhere !== undefined) return { kind: 'elsewhere', policy, file: elsewhere };
    const found = await readOwn(policy, this.#folder);
    return 'errors' in found ? found : { policy, found, next: found };
  }

  async #edit(file: StagedFile, { policy, before, after }: PolicyDifference) {
    if (isSame(before, after)) return file;
    const place = this.#place(policy);
    const next = await withPolicy(file.next, { name: policy, next: after }, place);
    const errors = after === undefined ? [] : await checkPolicy(next, policy, { ...place, ask: this.#parts.ask });
    if (after !== undefined && after.name !== policy) {
      return { kind: 'invalid', policy, errors: [...errors, misnamed(place, policy)] } as const;
    }
    if (errors.length > 0) return { kind: 'invalid', policy, errors } as const;
    return { ...file, next };
  }

  #place(policy: string): FilePlace {
    return { rules: this.#folder.rules, relative: this.#folder.relative(policy) };
  }
}

function entryOf(policy: string, file: PolicyFile): [string, PolicySource][] {
  const found = file.policies.find(({ name }) => name === policy);
  return found === undefined ? [] : [[policy, found]];
}

function misnamed({ rules, relative }: FilePlace, policy: string) {
  const message = `the policy of this file is named ${policy}; give that name, or none`;
  return { file: joinDir(rules, relative), line: 1, column: 1, path: 'name', message };
}
