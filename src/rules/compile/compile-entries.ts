import { EntryIndexBuilder } from '../../match/entry-index-builder.js';
import { checkRegex } from '../../match/regex.js';
import type { EntryMatcher } from '../../model/matchers.js';
import { parseEntry } from '../../referer/parse-entry.js';
import { formatKeyPath, type KeyPath, quote } from '../key-path.js';
import type { Counted } from '../load-session.js';
import { loadPreset } from '../presets/load-preset.js';
import type { PresetName } from '../presets/preset-names.js';
import { readListFile } from '../read/list-file.js';
import { joinDir } from '../read/list-rule-files.js';
import { locateListFile } from '../read/locate-list-file.js';
import { openRegularFile } from '../read/read-file.js';
import type { PolicyDraft } from '../validate/validate.js';
import { badPattern } from './bad-pattern.js';
import { type PolicyScope, patternTooLong } from './policy-scope.js';

type EntryDrafts = NonNullable<NonNullable<PolicyDraft['referer']>['allow']>;

/** What an allow or deny list is compiled into, and what all lists of the policy have in common. */
export interface ListOptions {
  readonly exact: boolean;
  /** Takes the schemes that entries name. */
  readonly schemes: Set<string>;
}

/** Compiles the list at a path: its own entries, those of list files and of presets, in the order in which they stand. */
export async function compileEntries(
  drafts: EntryDrafts,
  path: KeyPath,
  scope: PolicyScope,
  options: ListOptions,
): Promise<EntryMatcher> {
  const list = new EntryList(scope, options);
  for (const [position, draft] of drafts.entries()) {
    const at = [...path, position];
    if (typeof draft === 'string') {
      const { problem } = list.add(draft, scope.session.tally.inlineEntry());
      if (problem !== undefined) scope.findings.wrong(at, problem);
    } else if (draft?.file !== undefined) {
      await addListFile(list, draft.file, at, scope);
    } else if (draft?.preset !== undefined) {
      await addPreset(list, draft.preset, at, scope);
    }
  }
  return list.build();
}

/** One list under construction. */
class EntryList {
  readonly #builder = new EntryIndexBuilder();
  readonly #scope: PolicyScope;
  readonly #options: ListOptions;

  constructor(scope: PolicyScope, options: ListOptions) {
    this.#scope = scope;
    this.#options = options;
  }

  /** Adds an entry that was counted; says what is wrong with it. */
  add(text: string, counted: Counted, exact = this.#options.exact): { problem?: string; full?: boolean } {
    if (counted.full) return counted;
    const tooLong = patternTooLong(text, this.#scope.session.limits);
    if (tooLong !== undefined) return { problem: tooLong };
    const written = text.trim();
    return written.startsWith('~') ? this.#addRegex(written) : this.#addHost(text, exact);
  }

  build(): EntryMatcher {
    return this.#builder.build();
  }

  #addRegex(written: string): { problem?: string } {
    const regex = checkRegex(written.slice(1));
    if ('problem' in regex) return { problem: badPattern(written, regex.problem) };
    const { full, ...counted } = this.#scope.session.tally.regex(regex.instructions);
    if (!full) this.#builder.addRegex(written, regex);
    return counted;
  }

  #addHost(text: string, exact: boolean): { problem?: string } {
    const entry = parseEntry(text, { exact });
    if ('problem' in entry) return { problem: badPattern(text, entry.problem) };
    if (entry.scheme !== undefined) this.#options.schemes.add(entry.scheme);
    this.#builder.add(entry);
    return {};
  }
}

/** A preset means the same in every policy, so its entries cover themselves alone, whatever the policy's `exact` is. */
async function addPreset(list: EntryList, name: PresetName, at: KeyPath, scope: PolicyScope): Promise<void> {
  for (const entry of (await loadPreset(name)).groups.flatMap(({ entries }) => entries)) {
    const { problem, full } = list.add(entry, scope.session.tally.entry(), true);
    if (problem !== undefined) scope.findings.wrong(at, problem);
    if (full) return;
  }
}

async function addListFile(list: EntryList, written: string, at: KeyPath, scope: PolicyScope): Promise<void> {
  const { session, findings, ruleFile } = scope;
  const located = await locateListFile({ dir: session.dir, ruleFile, written });
  if ('problem' in located) return findings.wrong(at, located.problem);
  const file = await openRegularFile(located.path, session.limits.listFileBytes);
  if ('problem' in file) return findings.wrong(at, `the list file ${quote(written)} ${file.problem}`);
  session.identities.set(located.relative, file.identity);
  session.digest.update(`\nlist ${JSON.stringify(located.relative)} ${file.size}\n`);
  try {
    await readListFile(file, targetOf(list, located.relative, at, scope), session.limits);
  } finally {
    await file.handle.close();
  }
}

function targetOf(list: EntryList, relative: string, path: KeyPath, { session, findings }: PolicyScope) {
  return {
    file: joinDir(session.dir, relative),
    path: formatKeyPath(path),
    add: (text: string) => list.add(text, session.tally.entry()),
    wrong: findings.wrongAt.bind(findings),
    bytes: (chunk: Buffer) => void session.digest.update(chunk),
  };
}
