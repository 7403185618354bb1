import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { decide } from '#refgate/decide/decide.js';
import type { ImportFormatName } from '#refgate/import/formats.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { toAuthzRequest } from '#refgate/transport/request-from-url.js';
import { importText, singleFileFormats, snapshotOf } from '../support/import-fixtures.js';
import { fromRoot } from '../support/paths.js';

/** Requests to what a fixture protects, by what the product's documentation says of each. */
interface DecisionTable {
  /** File in test/fixtures/import/<format>. */
  readonly fixture: string;
  readonly source: string;
  /** Unless a case says another. */
  readonly url: string;
  readonly cases: readonly DecisionCase[];
}

interface DecisionCase {
  readonly url?: string;
  readonly method?: string;
  /** Left out: the request has none. */
  readonly referer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: 'allow' | 'deny';
  readonly location?: string;
  /** Where the reason is not plain. */
  readonly why?: string;
}

function tablesOf(format: ImportFormatName): DecisionTable[] {
  return parse(readFileSync(fromRoot(`test/fixtures/import/${format}/decisions.yaml`), 'utf8')) as DecisionTable[];
}

function titleOf({ method = 'GET', url = '', referer, expect: action, why }: DecisionCase): string {
  const from = referer === undefined ? 'without a Referer' : `from ${JSON.stringify(referer)}`;
  return `${action}s ${method} ${url} ${from}${why === undefined ? '' : `: ${why}`}`;
}

function test(given: DecisionCase, table: DecisionTable, snapshot: () => Snapshot): void {
  it(titleOf(given), () => {
    const request = toAuthzRequest({
      url: given.url ?? table.url,
      method: given.method ?? 'GET',
      referers: given.referer === undefined ? undefined : [given.referer],
      headers: Object.entries(given.headers ?? {}),
      clientIp: undefined,
      policy: undefined,
    });
    if ('problem' in request) throw new Error(request.problem);
    const decision = decide(snapshot(), request);
    expect(decision.action, decision.reason).to.equal(given.expect);
    if (given.location !== undefined) expect(decision.policy?.onDeny.location).to.equal(given.location);
  });
}

for (const format of singleFileFormats) {
  for (const table of tablesOf(format)) {
    describe(`conformance: ${format}: ${table.fixture} [${table.source}]`, () => {
      let snapshot: Snapshot;
      before(async () => {
        const text = readFileSync(fromRoot(`test/fixtures/import/${format}/${table.fixture}`), 'utf8');
        snapshot = await snapshotOf((await importText(format, text)).yaml);
      });
      for (const each of table.cases) test(each, table, () => snapshot);
    });
  }
}
