import type { ReloadEvent } from '../../model/reload-event.js';
import type { LoadResult } from '../../rules/load.js';
import type { Overlay } from '../../rules/read/overlay.js';
import { formatRuleError } from '../../rules/rule-error.js';
import type { ManagedFolder } from './managed-folder.js';
import type { ChangeOutcome, PolicyChange } from './managed-policies.js';
import type { PolicyIndex } from './policy-index.js';
import { Stage, type StagedChange, type StagedFile } from './stage.js';
import { type Written, writeFiles } from './write-files.js';

/** What changes are made with. */
export interface CommitParts {
  readonly folder: ManagedFolder;
  readonly index: PolicyIndex;
  /** Loads the rule directory as the service does. */
  readonly load: (overlay: Overlay) => Promise<LoadResult>;
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
    const result = await tryCommit(changes, parts);
    if (result.kind === 'done') return result.outcomes;
    if (result.kind === 'failed') return changes.length === 1 ? [result.outcome] : commitHalves(changes, parts);
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

type Attempt =
  | { readonly kind: 'done'; readonly outcomes: readonly Outcome[] }
  /** Nothing is written; why a single change would fail so. */
  | { readonly kind: 'failed'; readonly outcome: Outcome }
  | { readonly kind: 'overtaken' };

async function tryCommit(changes: Changes, parts: CommitParts): Promise<Attempt> {
  const problem = parts.folder.problem();
  if (problem !== undefined) return allOf(changes, { kind: 'unwritable', problem });
  await parts.index.refresh();
  const stage = new Stage(parts.folder, parts.index);
  const staged: (StagedChange | Outcome)[] = [];
  for (const change of changes) staged.push(await stage.apply(change));
  if (!staged.some(({ kind }) => kind === 'staged')) return { kind: 'done', outcomes: staged as Outcome[] };
  return publish(staged, stage.changed(), parts);
}

function allOf(changes: Changes, outcome: Outcome): Attempt {
  return { kind: 'done', outcomes: changes.map(() => outcome) };
}

async function publish(
  staged: readonly (StagedChange | Outcome)[],
  files: readonly StagedFile[],
  parts: CommitParts,
): Promise<Attempt> {
  const written = files.length === 0 ? NOTHING : await write(files, parts);
  if (written.kind !== 'written') return written;
  const event = await parts.reload();
  if (event.kind === 'rejected') {
    await written.undo();
    await parts.reload();
    return { kind: 'failed', outcome: { kind: 'unloadable', errors: event.errors } };
  }
  written.finish();
  return { kind: 'done', outcomes: staged.map((each) => outcomeOf(each, event.generation)) };
}

const NOTHING = { kind: 'written', undo: async () => undefined, finish: () => undefined } as const;

/** Writes what the loader takes. */
async function write(files: readonly StagedFile[], parts: CommitParts): Promise<Attempt | Written> {
  const refused = await check(files, parts);
  if (refused !== undefined) return { kind: 'failed', outcome: refused };
  const changes = files.map(({ policy, found, next }) => ({ policy, before: found.content, after: next.content }));
  const written = await writeFiles(changes, parts.folder);
  return written.kind === 'unwritable' ? { kind: 'failed', outcome: written } : written;
}

function outcomeOf(staged: StagedChange | Outcome, generation: number): Outcome {
  return staged.kind === 'staged' ? { kind: 'changed', generation, changes: staged.changes } : staged;
}

/** What keeps the files from being written: the loader refuses them. */
async function check(files: readonly StagedFile[], { folder, load }: CommitParts): Promise<Outcome | undefined> {
  const loaded = await load(new Map(files.map(({ policy, next }) => [folder.relative(policy), next.content])));
  if (loaded.ok) return undefined;
  const before = await load(new Map());
  if (!before.ok) return { kind: 'unloadable', errors: before.errors.map(formatRuleError) };
  return { kind: 'invalid', policy: files[0]?.policy ?? '', errors: loaded.errors };
}
