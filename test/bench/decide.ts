import { decide } from '#refgate/decide/decide.js';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { EntryMatcher } from '#refgate/model/matchers.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { request, rulesOf } from '../support/policy-builder.js';
import { Prng } from '../support/prng.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { siteEntry, siteName } from './support/names.js';
import { type Candidate, measure } from './support/rounds.js';

const sizes = [10, 1_000, 100_000, 1_000_000];
const decisions = 100_000;
const rounds = 9;
/** How many Referers take turns. */
const pages = 1_000;

interface List {
  readonly size: number;
  readonly allow: EntryMatcher;
  readonly names: readonly string[];
}

function list(size: number): List {
  const random = new Prng(size);
  const names = Array.from({ length: size }, (_, number) => siteName(random, number));
  const builder = new EntryIndexBuilder();
  for (const name of names) builder.add(siteEntry(random, name));
  return { size, allow: builder.build(), names };
}

/** Requests with so many different Referers, all on the list or none. */
function requests(names: readonly string[], count: number, listed: boolean): AuthzRequest[] {
  return Array.from({ length: count }, (_, number) => {
    const host = listed ? names[number % names.length] : `no${number}.example`;
    return request({ referer: Buffer.from(`https://www.${host}/page/${number}.html`).toString() });
  });
}

function candidate(name: string, snapshot: Snapshot, asked: readonly AuthzRequest[]): Candidate {
  const run = (): number => {
    let passed = 0;
    for (let i = 0; i < decisions; i++) if (decide(snapshot, asked[i % asked.length] as AuthzRequest).passes) passed++;
    return passed;
  };
  return { name, operations: decisions, run };
}

function candidates({ size, allow, names }: List): Candidate[] {
  const rules = rulesOf({ referer: { allow } });
  const snapshot = createSnapshot(rules, { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 });
  return [
    candidate(`${size} listed`, snapshot, requests(names, pages, true)),
    candidate(`${size} not listed`, snapshot, requests(names, pages, false)),
  ];
}

function report(): string {
  const measured = measure(sizes.map(list).flatMap(candidates), rounds);
  const kinds = ['listed', 'not listed'];
  const median = (size: number, kind: string): number =>
    measured.find(({ name }) => name === `${size} ${kind}`)?.median ?? Number.NaN;
  const base = median(10, 'listed');
  const rows = sizes.map((size) => [
    size.toLocaleString('en'),
    ...kinds.map((kind) => `${median(size, kind).toFixed(0)} ns (× ${(median(size, kind) / base).toFixed(2)})`),
  ]);
  return [
    '## A whole decision',
    '',
    machine(),
    '',
    `Median of ${rounds} interleaved rounds of ${decisions.toLocaleString('en')} decisions, from the request in our own ` +
      `types to the decision, with nothing remembered; in brackets against 10 entries, listed.`,
    '',
    markdownTable(['entries', ...kinds], rows),
    '',
  ].join('\n');
}

process.stdout.write(report());
