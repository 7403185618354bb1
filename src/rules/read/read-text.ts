import type { Hash } from 'node:crypto';
import type { Findings } from '../findings.js';
import { textOf } from './decode-text.js';
import { joinDir, type ListedFile } from './list-rule-files.js';
import { describeReadFailure, openRegularFile, readAll, tooLarge } from './read-file.js';

/** A directory whose files are read whole, and who takes note of what was read. */
export interface TextSource {
  /** As the operator gave it; errors name files by it. */
  readonly dir: string;
  /** What a file is called in errors: `the rule file`. */
  readonly kind: string;
  /** Bytes of one file. */
  readonly limit: number;
  readonly findings: Findings;
  /** Takes the path and content of every file, and the reason why one was not read. */
  readonly digest: Hash;
  /** What was read, by its path below the directory, to be compared with what is there afterwards. */
  readonly identities: Map<string, string>;
}

/** The text of a file, without a byte order mark; `undefined` after the reason is reported. */
export async function readText(file: ListedFile, source: TextSource): Promise<string | undefined> {
  const bytes = file.content === undefined ? await bytesOnDisk(file, source) : take(file.content, file, source);
  const name = joinDir(source.dir, file.relative);
  if (typeof bytes !== 'string') return decodeText(bytes, name, source.findings);
  source.digest.update(`\nrefused ${JSON.stringify([file.relative, bytes])}\n`);
  source.findings.add({ file: name, line: 1, column: 1, path: '', message: `${source.kind} ${bytes}` });
  return undefined;
}

/** The text that bytes are; `undefined` after the first that belongs to none is reported. `file` is what errors call it. */
export function decodeText(bytes: Buffer, file: string, findings: Findings): string | undefined {
  const text = textOf(bytes);
  if (typeof text === 'string') return text;
  findings.add({ file, path: '', ...text });
  return undefined;
}

/** The bytes, or why there are none. */
async function bytesOnDisk(listed: ListedFile, source: TextSource): Promise<Buffer | string> {
  const { relative, problem } = listed;
  if (problem !== undefined) return problem;
  const file = await openRegularFile(joinDir(source.dir, relative), source.limit);
  if ('problem' in file) return file.problem;
  source.identities.set(relative, file.identity);
  try {
    return take(await readAll(file, source.limit), listed, source);
  } catch (error) {
    return describeReadFailure(error);
  } finally {
    await file.handle.close();
  }
}

function take(bytes: Buffer, { relative }: ListedFile, { limit, digest, kind }: TextSource): Buffer | string {
  if (bytes.length > limit) return tooLarge(bytes.length, limit);
  digest.update(`\n${kind} ${JSON.stringify(relative)} ${bytes.length}\n`).update(bytes);
  return bytes;
}
