import type { CompiledRules } from '../model/snapshot.js';
import { loadRules } from '../rules/load.js';
import { formatRuleError, type RuleError } from '../rules/rule-error.js';
import { exitCodes } from './exit-codes.js';

/** The flags of `refgate validate`. */
export interface ValidateOptions {
  /** Folder of the address ranges of bots. */
  readonly botRanges?: string;
  readonly format: 'text' | 'json';
  /** True: a warning fails the check as an error does. */
  readonly strict: boolean;
}

/** `refgate validate DIR`: the check is the very loader that serves the rules. */
export async function validate(dir: string, options: ValidateOptions): Promise<number> {
  const result = await loadRules(dir, { botRanges: options.botRanges || undefined });
  const errors = result.ok ? [] : result.errors;
  const warnings = result.ok ? result.warnings : [];
  const failed = errors.length > 0 || (options.strict && warnings.length > 0);
  if (options.format === 'json') printJson({ ok: !failed, errors, warnings });
  else printText(errors, warnings, result.ok ? summary(result.rules, failed) : undefined);
  if (!result.ok && result.reason !== 'invalid') return exitCodes.unreadable;
  return failed ? exitCodes.badRules : exitCodes.ok;
}

function printJson(report: unknown): void {
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

function printText(errors: readonly RuleError[], warnings: readonly RuleError[], last: string | undefined): void {
  for (const error of errors) console.log(formatRuleError(error));
  for (const warning of warnings) console.log(`${formatRuleError(warning)} (warning)`);
  if (last !== undefined) console.log(last);
}

function summary({ policies, entries }: CompiledRules, failed: boolean): string {
  const found = `${count(policies.length, 'policy', 'policies')}, ${count(entries, 'entry', 'entries')}`;
  return failed ? `${found}: not good, since --strict takes warnings for errors` : `${found}: good`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
