import { formatKeyPath, type KeyPath, quote } from '../key-path.js';
import type { Limits } from '../limits.js';
import type { Counted } from '../load-session.js';
import { loadPreset } from '../presets/load-preset.js';
import type { PresetName } from '../presets/preset-names.js';
import { readListFile } from '../read/list-file.js';
import { joinDir } from '../read/list-rule-files.js';
import { locateListFile } from '../read/locate-list-file.js';
import { openRegularFile } from '../read/read-file.js';
import type { PolicyDraft } from '../validate/validate.js';
import { compilePart, isPart } from './compile-part.js';
import type { Added, EntryList, ListDialect } from './list-dialect.js';
import { type CompiledList, ListInRuns } from './list-in-runs.js';
import { type PolicyScope, patternTooLong } from './policy-scope.js';

type EntryDrafts = NonNullable<NonNullable<PolicyDraft['referer']>['allow']>;

/** A list under construction, and how its entries are read. */
interface Target<R> {
  readonly list: ListInRuns<R>;
  readonly dialect: ListDialect<R>;
}

/** Compiles the list at a path: its own entries, those of list files and of presets, in the order in which they stand. */
export async function compileEntries<R>(
  drafts: EntryDrafts,
  path: KeyPath,
  scope: PolicyScope,
  dialect: ListDialect<R>,
): Promise<CompiledList<R>> {
  const { session, findings } = scope;
  const list = new ListInRuns(dialect);
  for (const [position, draft] of drafts.entries()) {
    const at = [...path, position];
    if (typeof draft === 'string') {
      const { problem } = addCounted(list.run, draft, session.tally.inlineEntry(), session.limits);
      if (problem !== undefined) findings.wrong(at, problem);
    } else if (draft?.file !== undefined) {
      await addListFile({ list, dialect }, draft.file, at, scope);
    } else if (draft?.preset !== undefined) {
      await addPreset({ list, dialect }, draft.preset, at, scope);
    }
  }
  return list.build();
}

function addCounted(
  list: EntryList<unknown>,
  text: string,
  counted: Counted,
  limits: Limits,
): Added & Partial<Counted> {
  if (counted.full) return counted;
  const problem = patternTooLong(text, limits);
  return problem === undefined ? list.add(text) : { problem };
}

/** A preset means the same in every policy, so its entries cover themselves alone, whatever the policy's `exact` is. */
async function addPreset<R>(
  { list, dialect }: Target<R>,
  name: PresetName,
  at: KeyPath,
  { session, findings }: PolicyScope,
): Promise<void> {
  if (!dialect.ofHosts) return findings.wrong(at, HOSTS_ONLY);
  for (const entry of (await loadPreset(name)).groups.flatMap(({ entries }) => entries)) {
    const counted = session.tally.entry();
    const { problem } = counted.full ? counted : list.run.addExact(entry);
    if (problem !== undefined) findings.wrong(at, problem);
    if (counted.full) return;
  }
}

const HOSTS_ONLY =
  'presets are lists of hosts, and the oss dialect compares texts; print one with "refgate presets" and write what you need of it as texts such as "http*://www.bing.com/"';

async function addListFile<R>(
  { list, dialect }: Target<R>,
  written: string,
  at: KeyPath,
  scope: PolicyScope,
): Promise<void> {
  const { session, findings, ruleFile } = scope;
  const located = await locateListFile({ dir: session.dir, ruleFile, written });
  if ('problem' in located) return findings.wrong(at, located.problem);
  const file = await openRegularFile(located.path, session.limits.listFileBytes);
  if ('problem' in file) return findings.wrong(at, `the list file ${quote(written)} ${file.problem}`);
  session.identities.set(located.relative, file.identity);
  session.digest.update(`\nlist ${JSON.stringify(located.relative)} ${file.size}\n`);
  const target = (entries: () => EntryList<R>) => targetOf(entries, located.relative, at, scope);
  try {
    if (isPart(file)) list.addPart(await compilePart(file, { dialect, target, session }));
    else
      await readListFile(
        file,
        target(() => list.run),
        session.limits,
      );
  } finally {
    await file.handle.close();
  }
}

function targetOf(list: () => EntryList<unknown>, relative: string, path: KeyPath, { session, findings }: PolicyScope) {
  return {
    file: joinDir(session.dir, relative),
    path: formatKeyPath(path),
    add: (text: string) => addCounted(list(), text, session.tally.entry(), session.limits),
    wrong: findings.wrongAt.bind(findings),
    bytes: (chunk: Buffer) => void session.digest.update(chunk),
  };
}
