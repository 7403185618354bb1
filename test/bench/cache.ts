import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decide } from '#refgate/decide/decide.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { EntryMatcher } from '#refgate/model/matchers.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { type PolicyParts, request, snapshotOf } from '../support/policy-builder.js';
import { Prng } from '../support/prng.js';
import { hosts, type ListOf, regexes, texts } from './support/lists.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { refererOf, zipf } from './support/referers.js';

/** Prints what the decision cache saves and costs, and what strangers can do to it: `node .build/test/bench/cache.js`. */

const rounds = 7;
const decisions = 2_000;
const cacheEntries = 10_000;
const pages = 2_000;
const visits = 5_000;

const random = new Prng(7);
const knownPages = Array.from({ length: pages }, (_, number) => refererOf(random, number));
const visited = zipf(knownPages);
let strangers = pages;

/** A text as a transport makes it: new each time, so that nothing has its hash yet. */
const fresh = (text: string): string => Buffer.from(text).toString();
const newPage = (): string => refererOf(random, strangers++);

const hitRates = [0, 0.5, 0.99] as const;
const many = [10, 1_000, 100_000];
const kinds: readonly { readonly name: string; readonly sizes: readonly number[]; readonly list: ListOf }[] = [
  { name: 'host names', sizes: many, list: hosts((n) => `site${n}.example`) },
  { name: 'host wildcards', sizes: many, list: hosts((n) => `a*${n}.example`) },
  { name: 'oss prefixes', sizes: many, list: texts((n) => `https://site${n}.example/`) },
  { name: 'oss globs', sizes: many, list: texts((n) => `*.site${n}.example/`) },
  { name: 'regexes', sizes: [1, 10, 100, 1_000], list: regexes },
];

/** The same list, which says of itself that it is dear or that it is not. */
function said(isDear: boolean, { allow }: ReturnType<ListOf>): EntryMatcher<never> {
  const matcher = allow as EntryMatcher<never>;
  return { size: matcher.size, isDear, find: (referer) => matcher.find(referer) };
}

interface Subject {
  readonly row: string;
  readonly column: string;
  readonly snapshot: Snapshot;
  readonly hitRate: number;
  readonly times: number[];
}

function subjects(): Subject[] {
  return kinds.flatMap(({ name, sizes, list }) =>
    sizes.flatMap((size) => {
      const referer = list(size);
      return [true, false].flatMap((allowSelf) => {
        const row = `${name}|${size.toLocaleString('en')}|${allowSelf ? 'on' : 'off'}`;
        const snapshot = (cached: boolean): Snapshot => {
          const rules = { ...referer, allow: said(cached, referer), allowSelf } as PolicyParts['referer'];
          return snapshotOf([{ referer: rules ?? {} }], { cacheEntries: cached ? cacheEntries : 0 });
        };
        const without = { row, column: 'without', snapshot: snapshot(false), hitRate: 0.5, times: [] };
        const cached = snapshot(true);
        // Twice, for what is asked for once is not kept.
        for (const page of [...knownPages, ...knownPages]) decide(cached, request({ referer: fresh(page) }));
        const by = hitRates.map((hitRate) => ({ row, column: String(hitRate), snapshot: cached, hitRate, times: [] }));
        return [without, ...by];
      });
    }),
  );
}

/** Requests by visitors of known pages, and by those of pages that nobody has come from yet. */
function requests(hitRate: number): AuthzRequest[] {
  return Array.from({ length: decisions }, () =>
    request({ referer: fresh(random.chance(hitRate) ? visited(random) : newPage()) }),
  );
}

function nanosecondsEach(snapshot: Snapshot, asked: readonly AuthzRequest[]): number {
  const start = process.hrtime.bigint();
  for (const one of asked) decide(snapshot, one);
  return Number(process.hrtime.bigint() - start) / asked.length;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

/** Every subject once a round; the first round warms up and is not counted. */
function costs(): string {
  const all = subjects();
  for (let round = 0; round <= rounds; round++) {
    for (const { snapshot, hitRate, times } of all) {
      const elapsed = nanosecondsEach(snapshot, requests(hitRate));
      if (round > 0) times.push(elapsed);
    }
  }
  const cell = (row: string, column: string): number =>
    median(all.find((one) => one.row === row && one.column === column)?.times ?? []);
  const rows = [...new Set(all.map(({ row }) => row))].map((row) => {
    const without = cell(row, 'without');
    const by = hitRates.map((rate) => cell(row, String(rate)));
    return [
      ...row.split('|'),
      `${without.toFixed(0)} ns`,
      ...by.map((ns) => `${ns.toFixed(0)} ns (× ${(ns / without).toFixed(2)})`),
    ];
  });
  return markdownTable(['list', 'entries', 'allowSelf', 'without', 'none known', '50% known', '99% known'], rows);
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap that verdicts take, beside the estimate that bounds them. */
function weights(): string {
  const rows = [10_000, 100_000].map((entries) => {
    const referer = { ...regexes(1) };
    collect();
    const before = process.memoryUsage();
    const snapshot = snapshotOf([{ referer }], { cacheEntries: entries });
    const own = Array.from({ length: entries }, newPage);
    for (const page of [...own, ...own]) decide(snapshot, request({ referer: fresh(page) }));
    own.length = 0;
    collect();
    const after = process.memoryUsage();
    const { size = 0, bytes = 0 } = snapshot.cache ?? {};
    const held = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    return [
      entries.toLocaleString('en'),
      size.toLocaleString('en'),
      megabytes(bytes),
      megabytes(held),
      `${(held / size).toFixed(0)}`,
    ];
  });
  return markdownTable(['--cache-entries', 'verdicts held', 'estimate', 'held', 'bytes a verdict'], rows);
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Who sends what never came before: what share of all Referers, and how often each of them. */
interface Strangers {
  readonly share: number;
  readonly times: 1 | 2;
}

/** Visitors of known pages, who have been there before, beside strangers. */
function attack(entries: number, { share, times }: Strangers): (string | number)[] {
  const snapshot = snapshotOf([{ referer: regexes(16) }], { cacheEntries: entries });
  const cache = snapshot.cache as NonNullable<Snapshot['cache']>;
  for (let visit = 0; visit < 3 * pages; visit++) decide(snapshot, request({ referer: fresh(visited(random)) }));
  const strangersAVisit = share / (1 - share) / times;
  let known = 0;
  let spent = 0;
  for (let visit = 1; visit <= visits; visit++) {
    const hits = cache.hits;
    spent += nanosecondsEach(snapshot, [request({ referer: fresh(visited(random)) })]);
    known += cache.hits - hits;
    const due = Math.floor(visit * strangersAVisit) - Math.floor((visit - 1) * strangersAVisit);
    for (let stranger = 0; stranger < due; stranger++) {
      const page = newPage();
      for (let again = 0; again < times; again++) decide(snapshot, request({ referer: fresh(page) }));
    }
  }
  return [
    entries.toLocaleString('en'),
    share === 0 ? 'none' : `${share * 100}%, each ${times === 1 ? 'once' : 'twice'}`,
    `${((100 * known) / visits).toFixed(1)}%`,
    `${(spent / visits).toFixed(0)} ns`,
    cache.size.toLocaleString('en'),
    megabytes(cache.bytes),
  ];
}

function attacks(): string {
  const shares = [0.5, 0.9, 0.99];
  const strangers: Strangers[] = [
    { share: 0, times: 1 },
    ...shares.map((share): Strangers => ({ share, times: 1 })),
    ...shares.map((share): Strangers => ({ share, times: 2 })),
  ];
  const rows = [1_000, cacheEntries].flatMap((entries) => strangers.map((some) => attack(entries, some)));
  const head = ['--cache-entries', 'strangers', "visitors' hits", "visitors' decision", 'verdicts held', 'estimate'];
  return markdownTable(head, rows);
}

process.stdout.write(
  [
    '## The decision cache',
    '',
    machine(),
    '',
    `A decision with the cache and without, for lists of every kind, whether they use it or not. Referers are full ` +
      `addresses of 30 to 200 characters, from ${pages.toLocaleString('en')} pages that are visited as by Zipf's law, or new ` +
      `each time; medians of ${rounds} interleaved rounds of ${decisions.toLocaleString('en')} decisions, in brackets ` +
      `against the same without the cache.`,
    '',
    costs(),
    '',
    'What verdicts take of the heap:',
    '',
    weights(),
    '',
    `Visitors of the ${pages.toLocaleString('en')} pages, beside strangers who send ever new Referers, to a list of 16 regular ` +
      'expressions:',
    '',
    attacks(),
    '',
  ].join('\n'),
);
