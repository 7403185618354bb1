import { expect } from 'chai';
import { SaxesParser } from 'saxes';
import { jsonReport } from '#refgate/cases/json-report.js';
import { junitReport } from '#refgate/cases/junit-report.js';
import type { CaseResult } from '#refgate/cases/run-case.js';
import { textReport } from '#refgate/cases/text-report.js';
import { explainDecision } from '#refgate/transport/explanation.js';

/** What whoever writes a Referer, or a name, can put into a report. */
const HOSTILE = '\x1b[2J<script>&"\']]>\x9b\u202e\ud800\uffff\n\0\u{e0041}';
const SHOWN = '\\x1b[2J<script>&"\']]>\\x9b\\u202e\\ud800\\uffff\\x0a\\x00\\u{e0041}';

function result(name: string, file: string, failed: boolean, refererHost = ''): CaseResult {
  const got = explainDecision({
    action: 'allow',
    reason: 'allow_list',
    step: 6,
    policy: undefined,
    entry: 'shop.example',
    host: 'cdn.example',
    refererHost,
    mode: '',
    passes: true,
    generation: 1,
  });
  const request = {
    method: 'GET',
    scheme: 'https',
    host: 'h',
    target: '/',
    headers: new Map(),
    clientIp: '',
    policyName: undefined,
  };
  const difference = { key: 'policy', expected: name, got: null } as const;
  return {
    case: { name, file, line: 3, request, expect: { decision: 'allow' } },
    got,
    differences: failed ? [difference] : [],
  };
}

const results = [
  result('good', 'a.yaml', false),
  result('bad', 'a.yaml', true),
  result('bad', 'a.yaml', true),
  result('bad (2)', 'a.yaml', false),
  result(HOSTILE, 'b.yaml', true, HOSTILE),
];

/** Elements of well-formed XML in order, each with its attributes and its text. Throws for what is not well-formed. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: number[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push(elements.push({ name, attributes: attributes as Record<string, string>, text: '' }) - 1);
  });
  parser.on('text', (text) => {
    const element = elements[open.at(-1) ?? -1];
    if (element) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return elements;
}

describe('the text report', () => {
  it('has a line a case, what is otherwise and why, and a closing line', () => {
    expect(textReport(results.slice(0, 2), false)).to.equal(
      [
        'a.yaml',
        '  ✓ good',
        '  ✗ bad (a.yaml:3)',
        '      policy: expected bad, got none',
        '      decided by step 6 (allow list), reason allow_list, no policy, entry shop.example',
        '',
        '1 passed, 1 failed',
        '',
      ].join('\n'),
    );
  });

  it('shows control characters instead of sending them', () => {
    const text = textReport(results, false);
    expect(text).to.contain(`  ✗ ${SHOWN} (b.yaml:3)\n      policy: expected ${SHOWN}, got none\n`);
    expect(text.replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it('has colours only where they are wanted', () => {
    expect(textReport(results, true))
      .to.contain('\x1b[32m✓\x1b[0m good')
      .and.contain('\x1b[31m2 passed, 3 failed\x1b[0m');
    expect(textReport(results.slice(0, 1), true)).to.contain('\x1b[32m1 passed, 0 failed\x1b[0m');
    expect(textReport(results, false)).to.not.contain('\x1b');
  });
});

describe('the JSON report', () => {
  it('holds what was expected and what explain says', () => {
    const report = JSON.parse(jsonReport(results));
    expect(report).to.include({ passed: 2, failed: 3 });
    expect(report.cases[1]).to.deep.equal({
      name: 'bad',
      file: 'a.yaml',
      line: 3,
      passed: false,
      expect: { decision: 'allow' },
      got: {
        decision: 'allow',
        reason: 'allow_list',
        policy: '',
        entry: 'shop.example',
        mode: '',
        status: 200,
        location: null,
        step: 6,
      },
      differences: [{ key: 'policy', expected: 'bad', got: null }],
    });
    expect(report.cases[4].name).to.equal(HOSTILE);
  });

  it('is no danger to a terminal', () => {
    expect(jsonReport(results).replaceAll('\n', '')).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});

describe('the JUnit report', () => {
  const elements = elementsOf(junitReport(results));
  const named = (name: string) => elements.filter((element) => element.name === name);

  it('counts by suite and in all', () => {
    expect(named('testsuites').map(({ attributes }) => attributes)).to.deep.equal([
      { name: 'refgate test', tests: '5', failures: '3', errors: '0', skipped: '0' },
    ]);
    expect(named('testsuite').map(({ attributes }) => `${attributes['name']} ${attributes['failures']}`)).to.deep.equal(
      ['a.yaml 2', 'b.yaml 1'],
    );
  });

  it('gives each case of a suite a name of its own, since CI systems keep one of those that are equal', () => {
    const cases = named('testcase').map(({ attributes }) => attributes);
    expect(cases.map(({ name }) => name)).to.deep.equal(['good', 'bad', 'bad (2)', 'bad (2) (2)', SHOWN]);
    expect(cases[0]).to.deep.equal({ name: 'good', classname: 'a.yaml', file: 'a.yaml', line: '3' });
  });

  it('carries the differences of failed cases, whatever characters are in them', () => {
    const failures = named('failure');
    expect(failures.map(({ attributes }) => attributes['message'])).to.deep.equal([
      'policy: expected bad, got none',
      'policy: expected bad, got none',
      `policy: expected ${SHOWN}, got none`,
    ]);
    expect(failures[2]?.text).to.equal(
      `policy: expected ${SHOWN}, got none\ndecided by step 6 (allow list), reason allow_list, no policy, entry shop.example, Referer's host ${SHOWN}`,
    );
  });
});
