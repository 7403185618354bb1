import { existsSync } from 'node:fs';
import type { ReloadEvent } from '../../model/reload-event.js';
import { joinDir } from '../../rules/read/list-rule-files.js';
import { formatRuleError, type RuleError, type RuleWarning } from '../../rules/rule-error.js';
import type { AskRules } from '../../rules/thread/messages.js';
import type { ManagedFolder } from './managed-folder.js';
import type { ChangeOutcome, PolicyChange } from './managed-policies.js';
import { Stage, type StagedChange, type StagedFile } from './stage.js';
import { warningsOf } from './warnings-of.js';
import { type Written, writeFiles } from './write-files.js';

/** What changes are made with. */
export interface CommitParts {
  readonly folder: ManagedFolder;
  /** Reads and checks the rule directory. */
  readonly ask: AskRules;
  /** Loads it and puts it in force. */
  readonly reload: () => Promise<ReloadEvent>;
}

type Outcome = ChangeOutcome<unknown>;
type Changes = readonly PolicyChange<unknown>[];

/** How often changes are made anew on files that somebody else changes all the time. */
const ATTEMPTS = 10;

/** Makes changes: stage, check, write, put in force. Each by itself holds or does not, whatever the others are. */
export async function commit(changes: Changes, parts: CommitParts): Promise<readonly Outcome[]> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const staged = await stage(changes, parts);
    const result = await publish(staged, parts);
    if (result.kind === 'overtaken') continue;
    const isOneOfMany = result.kind === 'refused' && changes.length > 1;
    return isOneOfMany ? commitHalves(changes, parts) : staged.outcomes.map((each) => outcomeOf(each, result, parts));
  }
  const problem = `${parts.folder.path} changed each of the ${ATTEMPTS} times that it was to be written`;
  return changes.map(() => ({ kind: 'unwritable', problem }));
}

/** One of them is in the way of all. */
async function commitHalves(changes: Changes, parts: CommitParts): Promise<readonly Outcome[]> {
  const half = changes.length >>> 1;
  const first = await commit(changes.slice(0, half), parts);
  return [...first, ...(await commit(changes.slice(half), parts))];
}

/** What became of each change before anything is written, and the files that shall be. */
interface Staged {
  readonly outcomes: readonly (StagedChange | Outcome)[];
  readonly files: readonly StagedFile[];
}

async function stage(changes: Changes, { folder, ask }: CommitParts): Promise<Staged> {
  const problem = folder.problem();
  if (problem !== undefined) return { outcomes: changes.map(() => ({ kind: 'unwritable', problem })), files: [] };
  const places = await ask('places', [...new Set(changes.flatMap(({ names }) => names))]);
  const made = new Stage({ folder, places, ask });
  const outcomes: (StagedChange | Outcome)[] = [];
  for (const change of changes) outcomes.push(await made.apply(change));
  const missing = existsSync(folder.rules) ? undefined : await whyUnloadable(ask);
  if (missing !== undefined) return { outcomes: changes.map(() => missing), files: [] };
  return { outcomes, files: made.changed() };
}

/** Why the rules as they are cannot be loaded: while the directory is away, no change can be judged by what is in it. */
async function whyUnloadable(ask: AskRules): Promise<Outcome | undefined> {
  const checked = await ask('check', { overlay: new Map(), about: [] });
  return checked.ok ? undefined : unloadable(checked.errors).outcome;
}

/** What became of what was staged, all of it together. In all but the first case nothing is written. */
type Published =
  | { readonly kind: 'published'; readonly generation: number; readonly warnings: readonly RuleWarning[] }
  /** Whatever the changes are. */
  | { readonly kind: 'failed'; readonly outcome: Outcome }
  /** For one of the changes. */
  | { readonly kind: 'refused'; readonly outcome: Outcome }
  | { readonly kind: 'overtaken' };

function outcomeOf(
  staged: StagedChange | Outcome,
  published: Exclude<Published, { kind: 'overtaken' }>,
  { folder }: CommitParts,
): Outcome {
  if (staged.kind !== 'staged') return staged;
  if (published.kind !== 'published') return published.outcome;
  const { changes } = staged;
  const warnings = warningsOf(changes, published.warnings, folder);
  return { kind: 'changed', generation: published.generation, changes, warnings };
}

async function publish({ outcomes, files }: Staged, parts: CommitParts): Promise<Published> {
  // Nobody asks then.
  if (!outcomes.some(({ kind }) => kind === 'staged')) return { kind: 'published', generation: 0, warnings: [] };
  const policies = outcomes.flatMap((each) => (each.kind === 'staged' ? each.changes : [])).map(({ policy }) => policy);
  const checked = await check(files, policies, parts);
  if (checked.kind !== 'checked') return checked;
  const written = files.length === 0 ? NOTHING : await write(files, parts);
  if (written.kind !== 'written') return written;
  const event = await parts.reload();
  if (event.kind === 'rejected') {
    await written.undo();
    await parts.reload();
    return { kind: 'failed', outcome: { kind: 'unloadable', errors: event.errors } };
  }
  written.finish();
  return { kind: 'published', generation: event.generation, warnings: checked.warnings };
}

/** A change that changes nothing writes nothing, and is answered by what is in force all the same. */
const NOTHING: Written = { kind: 'written', undo: async () => undefined, finish: () => undefined };

/** Writes what the loader has taken. */
async function write(files: readonly StagedFile[], parts: CommitParts): Promise<Published | Written> {
  const changes = files.map(({ policy, found, next }) => ({ policy, before: found.content, after: next.content }));
  const written = await writeFiles(changes, parts.folder);
  return written.kind === 'unwritable' ? { kind: 'refused', outcome: written } : written;
}

/** The loader takes the files. */
interface Checked {
  readonly kind: 'checked';
  readonly warnings: readonly RuleWarning[];
}

/** What the loader says of the files, before they are written, and of the policies that they are about. */
async function check(
  files: readonly StagedFile[],
  policies: readonly string[],
  parts: CommitParts,
): Promise<Published | Checked> {
  const overlay = new Map(files.map(({ policy, next }) => [parts.folder.relative(policy), next.content]));
  const about = policies.map((policy) => parts.folder.relative(policy));
  const first = await parts.ask('check', { overlay, about });
  if (first.ok) return { kind: 'checked', warnings: first.warnings };
  const before = await parts.ask('check', { overlay: new Map(), about: [] });
  if (!before.ok) return unloadable(before.errors);
  // Once more, since somebody may have mended a file of theirs between the two.
  const loaded = await parts.ask('check', { overlay, about });
  if (loaded.ok) return { kind: 'checked', warnings: loaded.warnings };
  if (loaded.reason !== 'invalid') return unloadable(loaded.errors);
  return { kind: 'refused', outcome: await reasonFor(files, loaded.errors, parts) };
}

function unloadable(errors: readonly RuleError[]): Extract<Published, { kind: 'failed' }> {
  return { kind: 'failed', outcome: { kind: 'unloadable', errors: errors.map(formatRuleError) } };
}

/** Why files cannot be loaded with the others, although each can by itself: a name given twice, a limit of all. */
async function reasonFor(
  files: readonly StagedFile[],
  errors: readonly RuleError[],
  { folder, ask }: CommitParts,
): Promise<Outcome> {
  const places = await ask(
    'places',
    files.map(({ policy }) => policy),
  );
  for (const { policy } of files) {
    const file = places.get(policy)?.find((place) => place !== folder.relative(policy));
    if (file !== undefined) return { kind: 'elsewhere', policy, file };
  }
  const isIn = ({ policy }: StagedFile) =>
    errors.some(({ file }) => file === joinDir(folder.rules, folder.relative(policy)));
  return { kind: 'invalid', policy: (files.find(isIn) ?? files[0])?.policy ?? '', errors };
}
