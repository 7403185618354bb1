import { printableJson } from '../printable.js';
import type { CaseResult } from './run-case.js';

/** The report for scripts: one object, with what `explain` says of every case. */
export function jsonReport(results: readonly CaseResult[]): string {
  const cases = results.map(({ case: { name, file, line, expect }, got, differences }) => {
    const { decision, reason, policy, entry, mode, status, location, step } = got;
    return {
      name,
      file,
      line,
      passed: differences.length === 0,
      expect,
      got: { decision, reason, policy, entry, mode, status, location, step },
      differences,
    };
  });
  const passed = cases.filter((each) => each.passed).length;
  return `${printableJson(JSON.stringify({ passed, failed: cases.length - passed, cases }, null, 2))}\n`;
}
