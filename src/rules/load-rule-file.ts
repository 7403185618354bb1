import { setImmediate } from 'node:timers/promises';
import { compilePolicy, type LoadedPolicy } from './compile/compile-policy.js';
import { FileFindings } from './findings.js';
import type { LoadSession } from './load-session.js';
import { parseYaml } from './parse/parse-yaml.js';
import type { TreeNode } from './parse/syntax-tree.js';
import { findBadByte } from './read/decode-text.js';
import { isRuleFileName, joinDir, type ListedFile } from './read/list-rule-files.js';
import { describeReadFailure, openRegularFile, readChunks } from './read/read-file.js';
import { TextLines } from './read/text-lines.js';
import { type PolicyDraft, validate } from './validate/validate.js';

/** Loads one rule file: its policies are added to `loaded`, its mistakes to the session's findings. */
export async function loadRuleFile(file: ListedFile, session: LoadSession, loaded: LoadedPolicy[]): Promise<void> {
  const name = joinDir(session.dir, file.relative);
  const text = await readText(file, name, session);
  if (text === undefined) return;
  const parsed = await parseYaml(text, session.limits);
  const findings = new FileFindings(session.findings, { file: name, text, parsed });
  if (parsed.root) await loadPolicies(parsed.root, { file, session, findings, loaded });
}

interface FileScope {
  readonly file: ListedFile;
  readonly session: LoadSession;
  readonly findings: FileFindings;
  readonly loaded: LoadedPolicy[];
}

const POLICIES_PER_TURN = 100;

async function loadPolicies(root: TreeNode, scope: FileScope): Promise<void> {
  const { session, findings } = scope;
  for (const [position, draft] of (await validate(root, findings, session.limits)).entries()) {
    const path = ['policies', position];
    const { full, problem } = session.tally.policy();
    if (problem !== undefined) findings.wrong(path, problem);
    if (full || findings.full) return;
    if (draft !== undefined) await loadPolicy(draft, path, scope);
    if (position % POLICIES_PER_TURN === POLICIES_PER_TURN - 1) await setImmediate();
  }
}

async function loadPolicy(draft: PolicyDraft, path: (string | number)[], scope: FileScope): Promise<void> {
  const { session, findings, loaded } = scope;
  const silence = new Set(draft.silence?.filter((code) => code !== undefined));
  const policyScope = { session, findings, ruleFile: scope.file.relative, path, silence };
  loaded.push(await compilePolicy(draft, loaded.length, policyScope));
}

/** The text of a rule file; `undefined` after the reason is reported. */
async function readText(file: ListedFile, name: string, session: LoadSession): Promise<string | undefined> {
  const bytes = file.problem ?? (await readBytes(file, session));
  const kind = isRuleFileName(file.relative) ? 'the rule file' : 'the file or folder';
  const problem = typeof bytes === 'string' ? { offset: 0, message: `${kind} ${bytes}` } : findBadByte(bytes);
  if (typeof bytes === 'string') session.digest.update(`\nrefused ${JSON.stringify([file.relative, bytes])}\n`);
  if (problem === undefined) return bytes.toString('utf8').replace(/^\ufeff/, '');
  const before = typeof bytes === 'string' ? '' : bytes.toString('utf8', 0, problem.offset);
  const place = new TextLines(before).locate(before.length);
  session.findings.add({ file: name, ...place, path: '', message: problem.message });
  return undefined;
}

/** The bytes, or why there are none. */
async function readBytes({ relative }: ListedFile, session: LoadSession): Promise<Buffer | string> {
  const limit = session.limits.ruleFileBytes;
  const file = await openRegularFile(joinDir(session.dir, relative), limit);
  if ('problem' in file) return file.problem;
  session.identities.set(relative, file.identity);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of readChunks(file, limit)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    session.digest.update(`\nrules ${JSON.stringify(relative)} ${bytes.length}\n`).update(bytes);
    return bytes;
  } catch (error) {
    return describeReadFailure(error);
  } finally {
    await file.handle.close();
  }
}
