import { createHash } from 'node:crypto';
import { type AnyListPart, ListPart } from '../../match/list-part.js';
import type { LoadSession } from '../load-session.js';
import { type ListTarget, readListFile } from '../read/list-file.js';
import { type OpenFile, readChunks } from '../read/read-file.js';
import type { EntryList, ListDialect } from './list-dialect.js';
import type { KnownPart } from './list-parts.js';

/** Smaller list files are indexed with the entries around them: a part costs each look-up a probe or two. */
const PART_BYTES = 64 * 1024;

const LF = 0x0a;

/** Whether a list file is large enough to be a part of its own. */
export function isPart({ size }: OpenFile): boolean {
  return size >= PART_BYTES;
}

/** What it takes to compile a list file as a part. */
export interface PartSource<R> {
  readonly dialect: ListDialect<R>;
  readonly session: LoadSession;
  /** Where what the file holds goes, given where its entries go. */
  target(entries: () => EntryList<R>): ListTarget;
}

/** A part that a file makes, and the SHA-256 of its content, unless that was not read to its end. */
export interface CompiledPart {
  readonly known: KnownPart;
  readonly content: string | undefined;
}

/** Compiles a list file as a part, unless it is known from its content. Mistakes in it are told as of any list file. */
export async function compilePart<R>(file: OpenFile, source: PartSource<R>): Promise<CompiledPart> {
  const { dialect, session } = source;
  const seen = await readThrough(file, session.limits.listFileBytes);
  const known = session.parts.get(idOf(dialect, seen.content));
  // Where it is too much, its lines are read after all, to tell which of them is.
  if (known === undefined || !session.tally.part(known.counts)) return parse(file, seen, source);
  return { known, content: seen.content };
}

/** Equal ids, equal parts: the dialect says what the content means. */
function idOf({ id }: ListDialect<unknown>, content: string): string {
  return `${id} ${content}`;
}

/** What can be told of a list file without a look at its lines. */
interface SeenFile {
  /** SHA-256; `''` where it cannot be read, of which whoever reads it next will tell. */
  readonly content: string;
  readonly lines: number;
}

async function readThrough(file: OpenFile, limit: number): Promise<SeenFile> {
  const hash = createHash('sha256');
  let lines = 1;
  try {
    for await (const chunk of readChunks(file, limit)) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === LF) lines++;
    }
  } catch {
    return { content: '', lines };
  }
  return { content: hash.digest('hex'), lines };
}

async function parse<R>(
  file: OpenFile,
  { lines }: SeenFile,
  { dialect, session, target }: PartSource<R>,
): Promise<CompiledPart> {
  const { tally, findings, limits, parts } = session;
  const before = { ...tally.lists, errors: findings.errors.length };
  // The bytes of a list file are hardly more than those of its entries, so that no array need grow, at twice the memory.
  const list = dialect.begin({ entries: lines, bytes: file.size });
  const hash = createHash('sha256');
  const isWhole = await readListFile(
    file,
    { ...target(() => list), bytes: (chunk) => void hash.update(chunk) },
    limits,
  );
  // Of what was read now: the file may have changed since, into one that is known.
  const content = hash.digest('hex');
  const id = idOf(dialect, content);
  const hasMistakes = findings.errors.length > before.errors || findings.full || tally.isOver;
  const same = hasMistakes ? undefined : parts.get(id);
  // Two parts of one id would not do: handed over is one, and the other would be without its arrays unnoticed.
  if (same !== undefined) return { known: same, content };
  const matcher = list.build();
  const part = new ListPart(id, matcher.size, matcher);
  const { entries, regexInstructions } = tally.lists;
  const counts = {
    entries: entries - before.entries,
    regexInstructions: regexInstructions - before.regexInstructions,
  };
  const known = { part: part as ListPart<unknown> as AnyListPart, counts, schemes: list.schemes };
  // Of one with mistakes not all was taken.
  if (!hasMistakes) parts.set(id, known);
  return { known, content: isWhole ? content : undefined };
}
