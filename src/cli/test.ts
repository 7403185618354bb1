import { jsonReport } from '../cases/json-report.js';
import { junitReport } from '../cases/junit-report.js';
import { loadCases } from '../cases/load-cases.js';
import { type CaseResult, runCase } from '../cases/run-case.js';
import { textReport } from '../cases/text-report.js';
import { formatRuleError } from '../rules/rule-error.js';
import { exitCodes } from './exit-codes.js';
import { loadSnapshot, type RulesOptions } from './load-snapshot.js';

/** The flags of `refgate test`. */
export interface TestOptions extends RulesOptions {
  readonly format: 'text' | 'json' | 'junit';
}

/** `refgate test`: tries the requests of cases files. Exit 0 when all came out as expected, 1 when one did not. */
export async function test(files: readonly string[], options: TestOptions): Promise<number> {
  const loaded = await loadCases(files);
  if (!loaded.ok) for (const error of loaded.errors) console.error(formatRuleError(error));
  // The mistakes of the rules are told beside those of the cases.
  const snapshot = await loadSnapshot(options);
  if (!loaded.ok) return loaded.reason === 'invalid' ? exitCodes.badInput : exitCodes.unreadable;
  if ('exitCode' in snapshot) return snapshot.exitCode;
  const results = loaded.cases.map((each) => runCase(snapshot, each));
  process.stdout.write(report(results, options.format));
  return results.some(({ differences }) => differences.length > 0) ? exitCodes.different : exitCodes.ok;
}

function report(results: readonly CaseResult[], format: TestOptions['format']): string {
  switch (format) {
    case 'json':
      return jsonReport(results);
    case 'junit':
      return junitReport(results);
    case 'text':
      return textReport(results, wantsColours());
  }
}

/** https://no-color.org: any text but the empty one says no. */
function wantsColours(): boolean {
  return process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}
