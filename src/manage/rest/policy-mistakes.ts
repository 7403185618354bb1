import { quote } from '../../rules/key-path.js';
import type { Plain } from '../../rules/parse/syntax-tree.js';
import { joinDir } from '../../rules/read/list-rule-files.js';
import type { RuleError } from '../../rules/rule-error.js';
import { describeText } from '../../rules/validate/schema-texts.js';
import { isMapping } from '../is-mapping.js';
import type { PolicyMistake } from './problem.js';
import type { RestContext } from './rest-context.js';

/** Every mistake of what shall be a policy of the managed folder, by the validator of rule files. */
export async function mistakesOf(policy: Plain, context: RestContext): Promise<PolicyMistake[]> {
  // Whatever the policy's name: it may be none that a file can have.
  const relative = `${context.settings().managed}/policy.yaml`;
  const bytes = Buffer.from(JSON.stringify({ policies: [policy] }));
  const { errors } = await context.ask('checkFile', { bytes, relative, withBots: true });
  return errors.map((error) => describeMistake({ ...error, path: withinPolicy(error.path) }, relative, context));
}

/** `own`: path of the policy's file below the rule directory; of an error in it the place says nothing to the client. */
export function describeMistake(error: RuleError, own: string, { rules }: RestContext): PolicyMistake {
  const { path, message, line, column } = error;
  if (error.file === joinDir(rules, own)) return { path, message };
  return { path, message, file: belowRules(error.file, rules), line, column };
}

/** The path below the rule directory of a file that an error names. */
export function belowRules(file: string, rules: string): string {
  const folder = joinDir(rules, '');
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}

function withinPolicy(path: string): string {
  return path.replace(/^policies\[0\]\.?/, '');
}

/** The same for a policy that shall have a name, of which it may say another. */
export async function mistakesOfNamed(policy: Plain, name: string, context: RestContext): Promise<PolicyMistake[]> {
  const mistakes = await mistakesOf(policy, context);
  const given = isMapping(policy) ? policy['name'] : name;
  if (given === name || mistakes.some(({ path }) => path === 'name')) return mistakes;
  const message = `expected ${quote(name)} as in the path, got ${describeText(given)}; leave it out or say the same`;
  return [{ path: 'name', message }, ...mistakes];
}
