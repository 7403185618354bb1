import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromRoot } from '../support/paths.js';
import { RulesDir } from '../support/rules-dir.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';

/** `REPLAY_LINES=10000000` is the run whose figures stand in RESULTS.md. */
const lines = Number(process.env['REPLAY_LINES'] ?? 1_000_000);

const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537.36';

/**
 * Every other line has a path and a Referer host that no other line has, as a log under attack may; the lines between
 * are those of a site with a thousand pictures. So half as many distinct paths and Referers as lines.
 */
function logLine(number: number): string {
  const own = number % 2 === 0;
  const picture = own ? `/images/${number.toString(36)}.jpg` : `/images/p${(number * 7919) % 1000}.jpg`;
  const site = own ? `site${number.toString(36)}.example` : number % 4 === 1 ? 'www.shop.example' : 'leech.example';
  const time = new Date(1_700_000_000_000 + number * 50).toUTCString();
  const [, day, month, year, clock] = time.split(' ');
  const stamp = `${day}/${month}/${year}:${clock} +0000`;
  return `192.0.2.${number % 256} - - [${stamp}] "GET ${picture} HTTP/1.1" 200 ${1000 + (number % 9000)} "https://${site}/page/${number}" "${agent}"\n`;
}

function* logBlocks(): Generator<string> {
  const block = 1000;
  for (let start = 0; start < lines; start += block) {
    yield Array.from({ length: Math.min(block, lines - start) }, (_, index) => logLine(start + index)).join('');
  }
}

const rules = `policies:
  - name: images
    match: { hosts: [cdn.shop.example], paths: ["/images/**"] }
    referer: { allow: [shop.example, "*.partner.example"] }
`;

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
  readonly report: { readonly denied: number; readonly topListError: { readonly referers: number } };
}

/** Runs the command line; the process says its peak of resident memory as its last word. */
async function replay(args: readonly string[]): Promise<Run> {
  const lastWord = "process.on('exit',()=>console.error(process.resourceUsage().maxRSS))";
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, [
    '--import',
    `data:text/javascript,${lastWord}`,
    fromRoot('dist/main.js'),
    ...args,
  ]);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, megabytes: Number(error) / 1024, report: JSON.parse(out) as Run['report'] };
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const dir = new RulesDir({ 'rules.yaml': rules });
const folder = mkdtempSync(join(tmpdir(), 'refgate-bench-'));
const log = join(folder, 'access.log');
await pipeline(Readable.from(logBlocks()), createWriteStream(log));
const common = ['replay', '--rules', dir.path, '--host', 'cdn.shop.example', '--format', 'json', log];
const runs = [
  ['one rule set', await replay(common)],
  ['two rule sets (`--compare`)', await replay([...common, '--compare', dir.path])],
] as const;
const size = statSync(log).size;
rmSync(folder, { recursive: true });
dir.dispose();

process.stdout.write(
  `${[
    '## Replay of an access log',
    '',
    machine(),
    '',
    `${lines.toLocaleString('en')} lines of the combined format, ${(size / 1e9).toFixed(1)} GB, half as many distinct paths and Referer hosts; one run each.`,
    '',
    markdownTable(
      ['run', 'seconds', 'lines/s', 'peak memory', 'denied', 'top list of hosts too low by up to'],
      runs.map(([name, { seconds, megabytes, report }]) => [
        name,
        seconds.toFixed(0),
        Math.round(lines / seconds).toLocaleString('en'),
        `${megabytes.toFixed(0)} MiB`,
        report.denied.toLocaleString('en'),
        report.topListError.referers.toLocaleString('en'),
      ]),
    ),
    '',
  ].join('\n')}`,
);
