import { joinDir } from '../../rules/read/list-rule-files.js';
import type { RuleError, RuleWarning } from '../../rules/rule-error.js';
import type { ManageAnswer } from '../manage-answer.js';
import { belowRules } from './policy-mistakes.js';
import type { Problem } from './problem.js';
import { TOO_LARGE } from './read-json-body.js';
import type { RestCall } from './rest-call.js';
import type { RestContext } from './rest-context.js';

/** The file is checked as if it stood in the rule directory itself; list files that it names are read from there. */
const NAME = 'rules.yaml';

/** Checks a rule file, of whatever content type, by the validator of `refgate validate`. */
export async function validateFile(call: RestCall, context: RestContext): Promise<ManageAnswer | Problem> {
  if (call.body === 'too-large') return TOO_LARGE;
  const { rules: dir, ask } = context;
  const { errors, warnings } = await ask('checkFile', { bytes: call.body, relative: NAME, withBots: true });
  const report = {
    ok: errors.length === 0,
    errors: errors.map((error) => placed(error, dir)),
    warnings: warnings.map((warning) => ({ ...placed(warning, dir), code: warning.code })),
  };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(report) };
}

/** Where a mistake is; the file is told where it is another than the one that was sent. */
function placed({ file, line, column, path, message }: RuleError | RuleWarning, dir: string) {
  const place = { line, column, path, message };
  return file === joinDir(dir, NAME) ? place : { ...place, file: belowRules(file, dir) };
}
