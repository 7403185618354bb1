import { createHash } from 'node:crypto';
import { formatKeyPath, type KeyPath, quote } from '../key-path.js';
import type { Limits } from '../limits.js';
import type { ListFileRead } from '../load/list-file-read.js';
import { loadPreset } from '../presets/load-preset.js';
import type { PresetName } from '../presets/preset-names.js';
import { type ListTarget, readListFile } from '../read/list-file.js';
import { joinDir } from '../read/list-rule-files.js';
import { locateListFile } from '../read/locate-list-file.js';
import { type OpenFile, openRegularFile } from '../read/read-file.js';
import type { Counted } from '../tally.js';
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
  const located = locateListFile({ dir: session.dir, ruleFile, written });
  if ('problem' in located) {
    session.lists.push({ written, content: located.problem });
    return findings.wrong(at, located.problem);
  }
  const file = await openRegularFile(located.path, session.limits.listFileBytes);
  if ('problem' in file) {
    session.lists.push({ written, content: file.problem });
    return findings.wrong(at, `the list file ${quote(written)} ${file.problem}`);
  }
  const { relative } = located;
  const sink = { file: joinDir(session.dir, relative), path: formatKeyPath(at) };
  try {
    const read = await addOpenFile({ list, dialect }, file, sink, scope);
    session.lists.push({ written, found: { relative, identity: file.identity }, ...read });
  } finally {
    await file.handle.close();
  }
}

/** Adds what the file holds; tells what that is. */
async function addOpenFile<R>(
  { list, dialect }: Target<R>,
  file: OpenFile,
  place: Pick<ListTarget, 'file' | 'path'>,
  { session, findings }: PolicyScope,
): Promise<Pick<ListFileRead, 'content' | 'part'>> {
  const hash = createHash('sha256');
  const target = (entries: () => EntryList<unknown>): ListTarget => ({
    ...place,
    add: (text: string) => addCounted(entries(), text, session.tally.entry(), session.limits),
    wrong: findings.wrongAt.bind(findings),
    bytes: (chunk) => void hash.update(chunk),
  });
  if (!isPart(file)) {
    const isWhole = await readListFile(
      file,
      target(() => list.run),
      session.limits,
    );
    return { content: isWhole ? hash.digest('hex') : undefined };
  }
  const { known, content } = await compilePart(file, { dialect, target, session });
  list.addPart(known);
  return { content, part: known.part };
}
