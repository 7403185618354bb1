import { createHash } from 'node:crypto';
import type { LoadedPolicy } from '../compile/compile-policy.js';
import { loadRuleText } from '../load-rule-file.js';
import { type LoadSession, newSession, type SessionScope } from '../load-session.js';
import { isRuleFileName, type ListedFile } from '../read/list-rule-files.js';
import { readText } from '../read/read-text.js';
import type { FileContent } from './file-contents.js';

/** What became of one rule file, whatever the others are. */
export interface LoadedFile {
  /** Path below the rule directory. */
  readonly relative: string;
  /** Of its content. */
  readonly hash: string;
  /** Names all that was read for it: equal content and names, equal digest. */
  readonly digest: string;
  readonly loaded: readonly LoadedPolicy[];
  /** With what was found in it, counted, named and read. */
  readonly session: LoadSession;
  /** True: a policy of it names bots. */
  readonly namesBots: boolean;
}

/** Loads a rule file by itself: what the others hold is told of it afterwards. */
export async function loadFile(file: ListedFile, content: FileContent, scope: SessionScope): Promise<LoadedFile> {
  const session = newSession(scope);
  const loaded = await loadInto(session, withContent(file, content));
  const namesBots = loaded.some(({ policy }) => policy.exempt.verifiedBots !== undefined);
  const { relative } = file;
  const { hash } = content;
  return { relative, hash, digest: digestOf(relative, hash, session), loaded, session, namesBots };
}

/** Loads a rule file beside what a session holds already. */
export async function loadInto(session: LoadSession, file: ListedFile): Promise<LoadedPolicy[]> {
  const kind = isRuleFileName(file.relative) ? 'the rule file' : 'the file or folder';
  const { dir, findings, limits } = session;
  const text = await readText(file, { dir, findings, kind, limit: limits.ruleFileBytes });
  return text === undefined ? [] : loadRuleText(file.relative, text, session);
}

function digestOf(relative: string, hash: string, { lists: read }: LoadSession): string {
  const lists = read.map(({ written, found, content }) => [found?.relative ?? written, content]);
  return createHash('sha256')
    .update(JSON.stringify([relative, hash, lists]))
    .digest('hex');
}

function withContent(file: ListedFile, { bytes }: FileContent): ListedFile {
  return typeof bytes === 'string' ? { ...file, problem: bytes } : { ...file, content: bytes };
}
