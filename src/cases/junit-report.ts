import { printable } from '../printable.js';
import { describeCause, describeDifferences } from './describe-result.js';
import type { CaseResult } from './run-case.js';

/**
 * The report in the XML that CI systems read (JUnit's, as testmoapp/junitxml describes it): a suite a file, a test case
 * a case. Times are left out: a decision takes a millionth of a second.
 */
export function junitReport(results: readonly CaseResult[]): string {
  const files = [...new Set(results.map((result) => result.case.file))];
  const suiteOf = (file: string) => results.filter((result) => result.case.file === file);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="refgate test" ${countsOf(results)}>`,
    ...files.flatMap((file) => suiteLines(file, suiteOf(file))),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines(file: string, results: readonly CaseResult[]): string[] {
  const names = new UniqueNames();
  return [
    `  <testsuite name="${xml(file)}" ${countsOf(results)}>`,
    ...results.flatMap((result) => caseLines(result, names.next(result.case.name))),
    '  </testsuite>',
  ];
}

function caseLines(result: CaseResult, name: string): string[] {
  const { file, line } = result.case;
  const start = `    <testcase name="${xml(name)}" classname="${xml(file)}" file="${xml(file)}" line="${line}"`;
  const differences = describeDifferences(result);
  if (differences.length === 0) return [`${start}/>`];
  const details = [...differences, `decided by ${describeCause(result.got)}`];
  return [
    `${start}>`,
    `      <failure type="difference" message="${xml(differences.join('; '))}">${details.map(xml).join('\n')}</failure>`,
    '    </testcase>',
  ];
}

function countsOf(results: readonly CaseResult[]): string {
  const failures = results.filter(({ differences }) => differences.length > 0).length;
  return `tests="${results.length}" failures="${failures}" errors="0" skipped="0"`;
}

/** GitLab shows only the first of several test cases of one name in a suite, so a later failure would be hidden. */
class UniqueNames {
  readonly #used = new Set<string>();
  readonly #counts = new Map<string, number>();

  next(name: string): string {
    let count = this.#counts.get(name) ?? 1;
    let unique = name;
    while (this.#used.has(unique)) unique = `${name} (${++count})`;
    this.#counts.set(name, count);
    this.#used.add(unique);
    return unique;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML can hold it, in an attribute too. */
function xml(text: string): string {
  return printable(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
