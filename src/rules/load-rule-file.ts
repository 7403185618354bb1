import { compilePolicy, type LoadedPolicy } from './compile/compile-policy.js';
import { FileFindings } from './findings.js';
import { lintPolicy } from './lint/lint-policy.js';
import type { LoadSession } from './load-session.js';
import { parseYaml } from './parse/parse-yaml.js';
import type { TreeNode } from './parse/syntax-tree.js';
import { joinDir } from './read/list-rule-files.js';
import { type PolicyDraft, validate } from './validate/validate.js';

/** Loads the text of the rule file at `relative`, a path below the rule directory. Its mistakes go to the findings. */
export async function loadRuleText(relative: string, text: string, session: LoadSession): Promise<LoadedPolicy[]> {
  const parsed = await parseYaml(text, session.limits);
  const findings = new FileFindings(session.findings, { file: joinDir(session.dir, relative), text, parsed });
  return parsed.root === undefined ? [] : loadPolicies(parsed.root, { relative, session, findings });
}

interface FileScope {
  readonly relative: string;
  readonly session: LoadSession;
  readonly findings: FileFindings;
}

async function loadPolicies(root: TreeNode, scope: FileScope): Promise<LoadedPolicy[]> {
  const { session, findings } = scope;
  const loaded: LoadedPolicy[] = [];
  for (const [position, draft] of validate(root, findings, session.limits).entries()) {
    const path = ['policies', position];
    const { full, problem } = session.tally.policy();
    if (problem !== undefined) findings.wrong(path, problem);
    if (full || findings.full) break;
    if (draft !== undefined) loaded.push(await loadPolicy(draft, path, scope));
  }
  return loaded;
}

async function loadPolicy(draft: PolicyDraft, path: (string | number)[], scope: FileScope): Promise<LoadedPolicy> {
  const { session, findings } = scope;
  const silence = new Set(draft.silence?.filter((code) => code !== undefined));
  const policyScope = { session, findings, ruleFile: scope.relative, path, silence };
  const compiled = await compilePolicy(draft, policyScope);
  // Warnings are told of rules without mistakes alone.
  if (session.findings.errors.length === 0) lintPolicy(draft, compiled.policy.referer, policyScope);
  return compiled;
}
