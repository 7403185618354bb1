import { isUtf8 } from 'node:buffer';
import { dirname, resolve } from 'node:path';
import type { FileFindings } from '../../rules/findings.js';
import type { KeyPath } from '../../rules/key-path.js';
import { readWholeFile } from '../../rules/read/read-whole-file.js';
import type { RuleError } from '../../rules/rule-error.js';
import { weaknessesOfSecret, weaknessesOfSecretFile } from './secret-weaknesses.js';

/** What a key or a token says of its secret, wrong parts left out. */
export interface SecretSource {
  readonly secret?: string | undefined;
  readonly secretFile?: string | undefined;
}

/** Where a secret is asked for. */
export interface SecretPlace {
  /** The settings file, to which paths are relative. */
  readonly file: string;
  /** The key or token. */
  readonly path: KeyPath;
  readonly findings: FileFindings;
  /** Takes what is wrong with secrets that work. */
  readonly warnings: RuleError[];
}

/** A secret, and what is wrong with where it lies. */
interface SecretText {
  readonly text: string;
  readonly weaknesses: readonly string[];
}

/** More than any secret has; a file that is larger is another one. */
const mostBytes = 64 * 1024;

/** The secret of a key or token; `undefined` after the mistake is reported. No message or warning holds a part of it. */
export async function readSecret(source: SecretSource, place: SecretPlace): Promise<string | undefined> {
  const { findings, path, warnings } = place;
  const { secret, secretFile } = source;
  // What is there and wrong has its error already; so has a misspelt key.
  if (Object.values(source).includes(undefined)) return undefined;
  if ((secret === undefined) === (secretFile === undefined)) {
    const found = secret === undefined ? 'neither' : 'both';
    findings.wrong(path, `expected exactly one of "secret" and "secretFile", got ${found}`);
    return undefined;
  }
  const read =
    secret === undefined ? await readSecretFile(place.file, secretFile ?? '') : { text: secret, weaknesses: [] };
  const at = [...path, secret === undefined ? 'secretFile' : 'secret'];
  if ('problem' in read) findings.wrong(at, read.problem);
  else if (read.text === '') findings.wrong(at, 'the secret is empty; write one that nobody can guess');
  else {
    const weaknesses = [...read.weaknesses, ...weaknessesOfSecret(read.text)];
    warnings.push(...weaknesses.map((message) => ({ ...findings.place(at), message })));
    return read.text;
  }
  return undefined;
}

/** The path is not in the message: it may be the secret itself, written under the wrong key. */
async function readSecretFile(settingsFile: string, written: string): Promise<SecretText | { problem: string }> {
  if (written === '') return { problem: 'expected the path of a file, got an empty text' };
  if (written.includes('\0')) return { problem: 'expected the path of a file, got one with a NUL character' };
  const path = resolve(dirname(settingsFile), written);
  const bytes = await readWholeFile(path, mostBytes);
  if (typeof bytes === 'string') return { problem: `the secret file ${bytes}` };
  if (!isUtf8(bytes) || bytes.includes(0)) return { problem: 'the secret file is no text in UTF-8' };
  return { text: bytes.toString('utf8').replace(/\r?\n$/, ''), weaknesses: await weaknessesOfSecretFile(path) };
}
