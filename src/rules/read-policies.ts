import { createHash } from 'node:crypto';
import { FileFindings, Findings } from './findings.js';
import { LIMITS, type Limits } from './limits.js';
import { parseYaml } from './parse/parse-yaml.js';
import { joinDir, type ListedFile } from './read/list-rule-files.js';
import { readText } from './read/read-text.js';
import { compareRuleErrors, type RuleError } from './rule-error.js';
import type { PolicySource } from './validate/schema.js';
import { validate } from './validate/validate.js';

/** The policies of one rule file as they are written, or what is wrong with it. */
export type PoliciesRead =
  | { readonly ok: true; readonly policies: readonly PolicySource[] }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

/** Reads one rule file as far as the schema: what its entries and patterns mean is not looked at. */
export async function readPolicies(dir: string, file: ListedFile, limits = LIMITS): Promise<PoliciesRead> {
  const findings = new Findings(limits.errors);
  const source = { dir, findings, kind: 'the rule file', limit: limits.ruleFileBytes };
  const text = await readText(file, { ...source, digest: createHash('sha256'), identities: new Map() });
  const policies =
    text === undefined ? [] : await parsePolicies(text, { name: joinDir(dir, file.relative), findings, limits });
  if (findings.errors.length > 0) return { ok: false, errors: findings.errors.sort(compareRuleErrors) };
  return { ok: true, policies };
}

interface Source {
  /** As errors name the file. */
  readonly name: string;
  readonly findings: Findings;
  readonly limits: Limits;
}

async function parsePolicies(text: string, { name, findings, limits }: Source): Promise<PolicySource[]> {
  const parsed = await parseYaml(text, limits);
  const fileFindings = new FileFindings(findings, { file: name, text, parsed });
  if (parsed.root === undefined) return [];
  const drafts = await validate(parsed.root, fileFindings, limits);
  // A draft of which nothing was left out has all that the schema asks for. Mappings get a prototype as others have.
  return drafts.map((draft) => structuredClone(draft) as PolicySource);
}
