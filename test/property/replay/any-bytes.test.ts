import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { reportHtml } from '#refgate/replay/html/report-html.js';
import { LogReadError } from '#refgate/replay/read-lines.js';
import { replayLogs } from '#refgate/replay/replay-logs.js';
import { reportJson } from '#refgate/replay/report-json.js';
import { reportText } from '#refgate/replay/report-text.js';
import { fromRoot } from '../../support/paths.js';
import { hostList, snapshotOf } from '../../support/policy-builder.js';

const logs = readdirSync(fromRoot('test/fixtures/logs')).map((name) =>
  readFileSync(fromRoot(`test/fixtures/logs/${name}`)),
);
const formats = [
  undefined,
  'combined',
  'combined-vhost',
  'json',
  '$host "$request" "$http_referer"',
  '{"p":"%REQ(:PATH)%","m":"%REQ(:METHOD)%","r":"%REQ(REFERER)%"}',
];
const pieces = [
  '\n',
  '\r\n',
  '"',
  '\\',
  '\\"',
  '\\x',
  '\\x22',
  '-',
  ' - ',
  '[',
  '] "',
  '{',
  '}',
  '":',
  '\0',
  '\x1b',
  ' HTTP/1.1" 200 5 "',
  'GET http://',
  '\u2028',
  '🙂',
];

/** A log with one stretch of it replaced, by pieces that mean something in logs or by any bytes; or any bytes alone. */
const mutated = fc
  .record({
    log: fc.constantFrom(...logs, Buffer.alloc(0)),
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat(100), fc.constant(100_000)),
    insert: fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))),
      fc.uint8Array({ maxLength: 60 }),
    ),
    compressed: fc.boolean(),
  })
  .map(({ log, at, length, insert, compressed }) => {
    const start = at % (log.length + 1);
    const bytes = Buffer.concat([log.subarray(0, start), insert, log.subarray(start + length)]);
    return { bytes, written: compressed ? gzipSync(bytes) : bytes };
  });

/** Lines as `wc -l` counts them, and one more for a last line without an end. */
function countLines(bytes: Buffer): number {
  const ends = bytes.reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), 0);
  return ends + (bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0);
}

describe('whatever a log holds', () => {
  const rules = snapshotOf([
    { name: 'shop', referer: { allow: hostList('shop.example'), deny: hostList('leech.example') } },
  ]);
  const supplied = { host: 'cdn.shop.example', policy: undefined, scheme: 'https' };

  it('every line is counted once, and every report can be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'refgate-replay-'));
    const outcomes = { reports: 0, refused: 0, unreadable: 0, denied: 0 };
    const check = fc.asyncProperty(mutated, fc.constantFrom(...formats), async ({ bytes, written }, logFormat) => {
      const path = join(folder, 'access.log');
      writeFileSync(path, written);
      let report: Awaited<ReturnType<typeof replayLogs>>;
      try {
        report = await replayLogs({ logs: [path], logFormat, rules, old: rules, supplied }, () => {});
      } catch (error) {
        // Bytes that begin as gzip does and are none.
        expect(error).to.be.instanceOf(LogReadError);
        expect(written).to.equal(bytes);
        return;
      }
      if ('problem' in report) {
        outcomes.refused++;
        expect(report.problem).to.include('Referer');
        return;
      }
      outcomes.reports++;
      outcomes.unreadable += report.unreadable;
      outcomes.denied += report.denied;
      expect(report.lines).to.equal(countLines(bytes));
      const kinds = Object.values(report.unreadableLines.kinds).reduce((sum, count) => sum + count, 0);
      expect(report.unreadable).to.equal(kinds);
      const { allowed, denied, shadowDenied, undecidable } = report;
      expect(report.unreadable + allowed + denied + shadowDenied + undecidable).to.equal(report.lines);
      for (const write of [reportText, reportJson, reportHtml]) expect(write(report)).to.be.a('string');
    });
    await fc.assert(check, { numRuns: 1500 });
    rmSync(folder, { recursive: true });
    expect(outcomes.reports).to.be.above(500);
    for (const [kind, count] of Object.entries(outcomes)) expect(count, kind).to.be.above(20);
  }).timeout(180_000);
});
