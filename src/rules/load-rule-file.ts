import { setImmediate } from 'node:timers/promises';
import { compilePolicy, type LoadedPolicy } from './compile/compile-policy.js';
import { FileFindings } from './findings.js';
import { lintPolicy } from './lint/lint-policy.js';
import type { LoadSession } from './load-session.js';
import { parseYaml } from './parse/parse-yaml.js';
import type { TreeNode } from './parse/syntax-tree.js';
import { isRuleFileName, joinDir, type ListedFile } from './read/list-rule-files.js';
import { readText } from './read/read-text.js';
import { type PolicyDraft, validate } from './validate/validate.js';

/** Loads one rule file: its policies are added to `loaded`, its mistakes to the session's findings. */
export async function loadRuleFile(file: ListedFile, session: LoadSession, loaded: LoadedPolicy[]): Promise<void> {
  const text = await textOf(file, session);
  if (text !== undefined) await loadRuleText(file.relative, text, session, loaded);
}

/** The same for what is at hand as the text of the file at `relative`, a path below the rule directory. */
export async function loadRuleText(
  relative: string,
  text: string,
  session: LoadSession,
  loaded: LoadedPolicy[],
): Promise<void> {
  const parsed = await parseYaml(text, session.limits);
  const findings = new FileFindings(session.findings, { file: joinDir(session.dir, relative), text, parsed });
  if (parsed.root) await loadPolicies(parsed.root, { relative, session, findings, loaded });
}

interface FileScope {
  readonly relative: string;
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
  const policyScope = { session, findings, ruleFile: scope.relative, path, silence };
  const compiled = await compilePolicy(draft, loaded.length, policyScope);
  loaded.push(compiled);
  // Warnings are told of rules without mistakes alone.
  if (session.findings.errors.length === 0) await lintPolicy(draft, compiled.policy.referer, policyScope);
}

/** The text of a rule file; `undefined` after the reason is reported. */
function textOf(file: ListedFile, session: LoadSession): Promise<string | undefined> {
  const kind = isRuleFileName(file.relative) ? 'the rule file' : 'the file or folder';
  return readText(file, { ...session, kind, limit: session.limits.ruleFileBytes });
}
