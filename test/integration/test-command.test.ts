import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { RulesDir } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';
import { findScript } from '../support/tool-cache.js';

const good = 'policies:\n  - { name: shop, referer: { allow: [shop.example] } }\n';
const caseOf = (decision: string, more = ''): string =>
  `cases:\n  - name: a leech\n    request: { url: "https://cdn.example/a.jpg", referer: "https://leech.example/" }\n    expect: { decision: ${decision}${more} }\n`;

describe('refgate test', () => {
  let dir: RulesDir;
  let cases: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': good });
    cases = new RulesDir({ 'good.yaml': caseOf('deny, reason: not_in_allow_list'), 'bad.yaml': caseOf('allow') });
  });

  afterEach(() => {
    dir.dispose();
    cases.dispose();
  });

  const test = (...args: readonly string[]) => runRefgate(['test', '--rules', dir.path, ...args]);

  it('exits with 0 when everything is as expected', () => {
    const { status, stdout, stderr } = test(cases.at('good.yaml'));
    expect(stdout).to.equal(`${cases.at('good.yaml')}\n  ✓ a leech\n\n1 passed, 0 failed\n`);
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  });

  it('exits with 1 on a difference, and tells which', () => {
    const { status, stdout } = test(cases.at('good.yaml'), cases.at('bad.yaml'));
    expect(status).to.equal(1);
    expect(stdout).to.contain('decision: expected allow, got deny').and.contain('1 passed, 1 failed');
  });

  it('exits with 65 for bad cases and bad rules, and tells the mistakes of both', () => {
    dir.write('rules.yaml', 'policies:\n  - { nam: shop, referer: {} }\n');
    cases.write('good.yaml', caseOf('deny, raeson: self'));
    const { status, stdout, stderr } = test(cases.at('good.yaml'));
    expect({ status, stdout }).to.deep.equal({ status: 65, stdout: '' });
    expect(stderr)
      .to.contain(`${cases.at('good.yaml')}:4:31: cases[0].expect.raeson: unknown key; did you mean "reason"?`)
      .and.contain(`${dir.at('rules.yaml')}:2:7: policies[0].nam: unknown key`);
    expect(test(cases.at('bad.yaml')).status).to.equal(65);
  });

  it('exits with 65 for a file without cases, since it would pass whatever the rules say', () => {
    cases.write('good.yaml', 'cases: []\n');
    expect(test(cases.at('good.yaml')).status).to.equal(65);
  });

  it('exits with 66 for what cannot be read', () => {
    const { status, stderr } = test(cases.at('none.yaml'));
    expect(status).to.equal(66);
    expect(stderr).to.contain(`${cases.at('none.yaml')}:1:1: the cases file cannot be read: no such file`);
    dir.remove();
    expect(test(cases.at('good.yaml')).status).to.equal(66);
  });

  it('exits with 64 for a wrong command line', () => {
    expect(test().status).to.equal(64);
    expect(test(cases.at('good.yaml'), '--format', 'tap').status).to.equal(64);
  });

  it('takes the default action of the service', () => {
    dir.write('rules.yaml', 'policies: []\n');
    cases.write('good.yaml', caseOf('deny, reason: no_policy, policy: null'));
    expect(test(cases.at('good.yaml')).status).to.equal(1);
    expect(test(cases.at('good.yaml'), '--default-action', 'deny').status).to.equal(0);
  });

  it('verifies bots by the ranges of --bot-ranges', () => {
    dir.write(
      'rules.yaml',
      'policies:\n  - { name: shop, referer: { allow: [a.example] }, exempt: { verifiedBots: [googlebot] } }\n',
    );
    cases.write('googlebot.json', '{ "prefixes": [{ "ipv4Prefix": "192.0.2.0/24" }] }\n');
    cases.write(
      'bot.yaml',
      [
        'cases:',
        '  - name: a crawler',
        '    request: { url: "https://a.example/", headers: { user-agent: Googlebot/2.1 }, clientIp: 192.0.2.7 }',
        '    expect: { decision: allow, reason: exempt_verified_bot }',
        '',
      ].join('\n'),
    );
    expect(test(cases.at('bot.yaml')).status).to.equal(1);
    expect(test(cases.at('bot.yaml'), '--bot-ranges', cases.path).status).to.equal(0);
  });

  it('prints JSON and JUnit XML', () => {
    const json = test(cases.at('bad.yaml'), '--format', 'json');
    expect(json.status).to.equal(1);
    expect(JSON.parse(json.stdout)).to.include({ passed: 0, failed: 1 });
    const junit = test(cases.at('bad.yaml'), '--format', 'junit');
    expect(junit.status).to.equal(1);
    expect(junit.stdout).to.match(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites .*failures="1"/);
  });

  it('takes the example cases, and finds that the example rules keep to them', () => {
    const args = ['test', '--rules', 'deploy/rules', 'deploy/cases.yaml'];
    const { status, stdout } = runRefgate(args, { cwd: fromRoot('.') });
    expect(status, stdout).to.equal(0);
    expect(stdout).to.contain('11 passed, 0 failed');
  });

  it('has colours on a terminal, unless NO_COLOR says no', function () {
    const script = requireTool(this, findScript());
    const onTerminal = (environment: Record<string, string>) => {
      const command = `${process.execPath} ${fromRoot('dist/main.js')} test --rules ${dir.path} ${cases.at('good.yaml')}`;
      const env = { PATH: process.env['PATH'], TERM: 'xterm', ...environment };
      return spawnSync(script, ['-qec', command, '/dev/null'], { encoding: 'utf8', env }).stdout;
    };
    expect(onTerminal({})).to.contain('\x1b[32m✓\x1b[0m a leech');
    expect(onTerminal({ NO_COLOR: '1' }))
      .to.contain('✓ a leech')
      .and.not.contain('\x1b[3');
    expect(onTerminal({ TERM: 'dumb' }))
      .to.contain('✓ a leech')
      .and.not.contain('\x1b[3');
  });
});
