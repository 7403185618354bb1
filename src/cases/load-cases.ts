import { FileFindings, Findings } from '../rules/findings.js';
import { LIMITS } from '../rules/limits.js';
import { parseYaml } from '../rules/parse/parse-yaml.js';
import { toPlain } from '../rules/parse/syntax-tree.js';
import { compareRuleErrors, type RuleError } from '../rules/rule-error.js';
import { checkSchema } from '../rules/validate/check-schema.js';
import { type Draft, leaveOut } from '../rules/validate/draft.js';
import { readCasesFile } from './read-cases-file.js';
import { readRequest } from './read-request.js';
import { type CaseSource, type CasesFile, casesFileSchema } from './schema.js';
import type { TestCase } from './test-case.js';

/** `unreadable`: one of the files cannot be read; `invalid`: something in them is wrong. Errors are in order. */
export type CasesResult =
  | { readonly ok: true; readonly cases: readonly TestCase[] }
  | { readonly ok: false; readonly reason: 'unreadable' | 'invalid'; readonly errors: readonly RuleError[] };

/** Reads cases files, by the names given; the mistakes of all of them are told together. */
export async function loadCases(files: readonly string[]): Promise<CasesResult> {
  const findings = new Findings(LIMITS.errors);
  const cases: TestCase[] = [];
  let reason: 'unreadable' | 'invalid' = 'invalid';
  // A file that is named twice has its mistakes only once.
  for (const file of new Set(files)) {
    const text = await readCasesFile(file, findings);
    if (typeof text === 'string') cases.push(...(await parseCases(file, text, findings)));
    else if (text.unreadable) reason = 'unreadable';
  }
  if (findings.errors.length === 0) return { ok: true, cases };
  return { ok: false, reason, errors: findings.errors.sort(compareRuleErrors) };
}

/** The cases of one file without mistakes. What is left of a bad one is looked at all the same, to find more. */
async function parseCases(file: string, text: string, all: Findings): Promise<TestCase[]> {
  const parsed = await parseYaml(text, LIMITS, '"cases:" and a list');
  const findings = new FileFindings(all, { file, text, parsed });
  if (parsed.root === undefined) return [];
  const value = toPlain(parsed.root);
  const wrong = checkSchema(casesFileSchema, value, [], findings);
  // Whatever the schema refused is left out, so the rest has the draft's type.
  const drafts = (leaveOut(value, wrong) as Draft<CasesFile> | undefined)?.cases ?? [];
  return drafts.flatMap((draft, position) => {
    const path = ['cases', position];
    const request = draft?.request && readRequest(draft.request, [...path, 'request'], findings);
    if (request === undefined || wrong.length > 0) return [];
    const { name, expect } = draft as CaseSource;
    return [{ name, file, line: findings.place(path).line, request, expect }];
  });
}
