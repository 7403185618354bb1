import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { ReplayReport } from '#refgate/replay/report.js';
import { ask, type Question } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { envoyGrpc, nginx } from '../support/fronts.js';
import { fromRoot } from '../support/paths.js';
import { type Chain, useChain } from './chain.js';

/** Text as its UTF-8 bytes, which Node sends when it is given them as Latin-1. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

/** Not among them: `-`, which no log tells from an absent one. */
const referers = [
  undefined,
  '',
  ' ',
  'https://shop.example/',
  'https://www.SHOP.example:443/a?b',
  'https://leech.example/',
  'https://leech.example/?q="quoted" \\x41 \\"',
  utf8('https://läden.example/中'),
  'https://shop.example\t',
  'https://shop.example\\@leech.example/',
  'no url',
  '\xff\xfe',
];

const targets: readonly Omit<Question, 'referers'>[] = [
  { target: '/images/a.jpg' },
  { target: '/images/../images//%61.jpg?x="y"' },
  { target: '/videos/a.mp4', method: 'OPTIONS' },
  { target: '/videos/a.mp4' },
  { target: '/about.html' },
  { target: '/driver.zip', host: 'downloads.shop.example' },
];

/** Sends every question, one after the other, and gives their number. */
async function askAll(address: string): Promise<number> {
  let asked = 0;
  for (const target of targets) {
    for (const referer of referers) {
      await ask(address, { ...target, referers: referer === undefined ? [] : [referer] });
      asked += 1;
    }
  }
  return asked;
}

function replay(rules: string, log: string, ...args: readonly string[]): ReplayReport {
  const command = [fromRoot('dist/main.js'), 'replay', '--rules', rules, log, '--format', 'json', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(status, stderr).to.equal(0);
  return JSON.parse(stdout) as ReplayReport;
}

/** How often each word stands there. */
function count(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

describe("replay of nginx's own logs", function () {
  this.timeout(120_000);

  const docs = readFileSync(fromRoot('docs/replay.md'), 'utf8');
  const documented = /```nginx\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';
  const further = `${documented.replace('refgate escape', 'documented escape').replace(/access_log [^;]*;/, 'access_log documented.log documented;')}
    log_format with_host '$host $request_method $scheme $request_uri [$time_iso8601] "$http_referer"';
    access_log with-host.log with_host;
    access_log combined.log combined;`;
  const log = 'access_log access.log refgate;';
  const chain = useChain(nginx, [...nginx.patience, [log, `${log}\n${further}`]]);

  let folder = '';
  let lines: readonly string[] = [];
  before(async () => {
    const { front, rules } = chain();
    folder = dirname(rules);
    const asked = await askAll(front.address);
    lines = await eventually(
      () => Promise.resolve(linesOf(join(folder, 'access.log'))),
      (written) => written.length === asked && linesOf(join(folder, 'documented.log')).length === asked,
    );
  });

  const live = (): Record<string, number> => count(lines.map((line) => / reason=(\S+)$/.exec(line)?.[1] ?? ''));

  it('was about more than one reason', () => {
    expect(Object.keys(live())).to.include.members([
      'allow_list',
      'not_in_allow_list',
      'empty_allowed',
      'empty_denied',
      'invalid_referer',
      'no_policy',
    ]);
  });

  it('decides the JSON log of the documentation as refgate did', () => {
    const report = replay(chain().rules, join(folder, 'documented.log'));
    expect(report).to.deep.include({ logFormat: 'JSON', unreadable: 0, reasons: live() });
  });

  it('decides a format that is written out as refgate did', () => {
    const format = '$host $request_method $scheme $request_uri [$time_iso8601] "$http_referer"';
    const report = replay(chain().rules, join(folder, 'with-host.log'), '--log-format', format);
    expect(report).to.deep.include({ unreadable: 0, reasons: live() });
  });

  it('denies in the combined log, which has no host, what was denied of that host', () => {
    const report = replay(chain().rules, join(folder, 'combined.log'), '--host', 'cdn.shop.example');
    expect(report).to.include({ logFormat: 'combined', unreadable: 0, lines: lines.length });
    expect(report.denied).to.equal(lines.filter((line) => /" (?:403|302) "/.test(line)).length);
  });
});

describe("replay of Envoy's own log", function () {
  this.timeout(120_000);
  const chain = useChain(envoyGrpc);

  it('decides every line as refgate did', async () => {
    const { front, rules }: Chain = chain();
    const asked = await askAll(front.address);
    const written = (): string[] => front.process.lines.filter((line) => line.startsWith('{'));
    const lines = await eventually(
      () => Promise.resolve(written()),
      (found) => found.length === asked,
    );
    const log = join(dirname(rules), 'envoy.log');
    writeFileSync(log, `${lines.join('\n')}\n`);
    const live = lines.map((line) => (JSON.parse(line) as { reason: string }).reason);
    const report = replay(rules, log);
    expect(report).to.deep.include({ logFormat: 'JSON', unreadable: 0, lines: asked, reasons: count(live) });
    expect(report.notes).to.deep.equal([]);
  });
});
