import { FileFindings, Findings } from './findings.js';
import { LIMITS } from './limits.js';
import { parseYaml } from './parse/parse-yaml.js';
import { type TreeNode, toPlain } from './parse/syntax-tree.js';
import { joinDir, type ListedFile } from './read/list-rule-files.js';
import { readText } from './read/read-text.js';
import { compareRuleErrors, type RuleError } from './rule-error.js';
import type { PolicySource } from './validate/schema.js';
import { policiesOf, validate } from './validate/validate.js';

/** The policies of one rule file as they are written, or what is wrong with it. */
export type PoliciesRead =
  | { readonly ok: true; readonly policies: readonly PolicySource[] }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

/** Reads one rule file as far as the schema: what its entries and patterns mean is not looked at. */
export async function readPolicies(dir: string, file: ListedFile): Promise<PoliciesRead> {
  const { findings, text } = await readOne(dir, file);
  const policies = text === undefined ? [] : await parsePolicies(text, joinDir(dir, file.relative), findings);
  if (findings.errors.length > 0) return { ok: false, errors: findings.errors.sort(compareRuleErrors) };
  return { ok: true, policies };
}

/** The names of the policies of one rule file, whatever else is in it; `undefined`: they cannot be told. */
export async function readPolicyNames(dir: string, file: ListedFile): Promise<readonly string[] | undefined> {
  const { text } = await readOne(dir, file);
  const { root } = text === undefined ? { root: undefined } : await parseYaml(text, LIMITS);
  return root && policiesOf(root)?.items.flatMap(nameOf);
}

async function readOne(dir: string, file: ListedFile) {
  const findings = new Findings(LIMITS.errors);
  const source = { dir, findings, kind: 'the rule file', limit: LIMITS.ruleFileBytes };
  return { findings, text: await readText(file, source) };
}

async function parsePolicies(text: string, name: string, findings: Findings): Promise<PolicySource[]> {
  const parsed = await parseYaml(text, LIMITS);
  const fileFindings = new FileFindings(findings, { file: name, text, parsed });
  if (parsed.root === undefined) return [];
  const drafts = validate(parsed.root, fileFindings, LIMITS);
  // A draft of which nothing was left out has all that the schema asks for. Mappings get a prototype as others have.
  return drafts.map((draft) => structuredClone(draft) as PolicySource);
}

function nameOf(policy: TreeNode): string[] {
  const name = policy.kind === 'mapping' ? policy.pairs.find(({ key }) => key === 'name')?.value : undefined;
  const value = name && toPlain(name);
  return typeof value === 'string' ? [value] : [];
}
