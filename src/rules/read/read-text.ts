import type { Findings } from '../findings.js';
import { textOf } from './decode-text.js';
import { joinDir, type ListedFile } from './list-rule-files.js';
import { tooLarge } from './read-file.js';
import { readWholeFile } from './read-whole-file.js';

/** A directory whose files are read whole. */
export interface TextSource {
  /** As the operator gave it; errors name files by it. */
  readonly dir: string;
  /** What a file is called in errors: `the rule file`. */
  readonly kind: string;
  /** Bytes of one file. */
  readonly limit: number;
  readonly findings: Findings;
}

/** The text of a file, without a byte order mark; `undefined` after the reason is reported. */
export async function readText(file: ListedFile, source: TextSource): Promise<string | undefined> {
  const { dir, kind, limit, findings } = source;
  const name = joinDir(dir, file.relative);
  const bytes = await bytesOf(file, name, limit);
  if (typeof bytes !== 'string') return decodeText(bytes, name, findings);
  findings.add({ file: name, line: 1, column: 1, path: '', message: `${kind} ${bytes}` });
  return undefined;
}

/** The text that bytes are; `undefined` after the first that belongs to none is reported. `file` is what errors call it. */
export function decodeText(bytes: Buffer, file: string, findings: Findings): string | undefined {
  const text = textOf(bytes);
  if (typeof text === 'string') return text;
  findings.add({ file, path: '', ...text });
  return undefined;
}

/** The bytes of a file of at most `limit` bytes, or why there are none, to follow its name. */
async function bytesOf({ problem, content }: ListedFile, path: string, limit: number): Promise<Buffer | string> {
  if (problem !== undefined) return problem;
  if (content === undefined) return readWholeFile(path, limit);
  return content.length > limit ? tooLarge(content.length, limit) : content;
}
