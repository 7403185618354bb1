import { EntryIndex } from '#refgate/match/entry-index.js';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import type { EntryMatcher } from '#refgate/model/matchers.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';
import { Prng } from '../support/prng.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { siteEntry, siteName } from './support/names.js';
import { type Candidate, measure } from './support/rounds.js';

const SIZES = [10, 1000, 100_000, 1_000_000];
const LOOKUPS = 200_000;
const ROUNDS = 9;

/** Referers asked in turn: so many that they, and not the index, are not what the processor's caches hold. */
const REFERERS = 20_000;

interface Built {
  readonly size: number;
  readonly index: EntryMatcher;
  readonly buildMs: number;
  readonly bytesEach: number;
  readonly hits: readonly RefererUrl[];
  readonly misses: readonly RefererUrl[];
}

function build(size: number): Built {
  const random = new Prng(size);
  const names = Array.from({ length: size }, (_, number) => siteName(random, number));
  const entries = names.map((name) => siteEntry(random, name));
  const start = performance.now();
  const builder = new EntryIndexBuilder();
  for (const entry of entries) builder.add(entry);
  const data = builder.buildData();
  const buildMs = performance.now() - start;
  const { slots, records, bytes } = data.names;
  const total = slots.byteLength + records.byteLength + bytes.byteLength;
  return {
    size,
    index: new EntryIndex(data),
    buildMs,
    bytesEach: total / size,
    hits: Array.from({ length: REFERERS }, () => referer(`www.${random.pick(names)}`)),
    misses: Array.from({ length: REFERERS }, (_, number) => referer(`www.no${siteName(random, number)}`)),
  };
}

function referer(host: string): RefererUrl {
  // A flat string, as URL gives them; a concatenation is one only by name, and each look at it costs more.
  return { scheme: 'https', host: Buffer.from(host).toString(), port: 443, path: '/', sent: `${host}/` };
}

function candidate(name: string, index: EntryMatcher, referers: readonly RefererUrl[]): Candidate {
  const run = (): number => {
    let found = 0;
    for (let lookup = 0; lookup < LOOKUPS; lookup++) {
      if (index.find(referers[lookup % REFERERS] as RefererUrl) !== undefined) found++;
    }
    return found;
  };
  return { name, operations: LOOKUPS, run };
}

function report(): string {
  const builds = SIZES.map(build);
  const measured = measure(
    builds.flatMap(({ size, index, hits, misses }) => [
      candidate(`${size} hit`, index, hits),
      candidate(`${size} miss`, index, misses),
    ]),
    ROUNDS,
  );
  const cost = (name: string): number => measured.find((one) => one.name === name)?.median ?? Number.NaN;
  const ratio = (size: number, kind: string): string =>
    (cost(`${size} ${kind}`) / cost(`${SIZES[0]} ${kind}`)).toFixed(2);
  const rows = builds.map(({ size, buildMs, bytesEach }) => [
    size.toLocaleString('en'),
    `${cost(`${size} hit`).toFixed(0)} ns`,
    `× ${ratio(size, 'hit')}`,
    `${cost(`${size} miss`).toFixed(0)} ns`,
    `× ${ratio(size, 'miss')}`,
    `${buildMs.toFixed(1)} ms`,
    size < 1000 ? '' : bytesEach.toFixed(0),
  ]);
  const head = ['entries', 'hit', 'of 10 entries', 'miss', 'of 10 entries', 'build', 'bytes a name, off-heap'];
  return [
    '## Look-up of one entry',
    '',
    machine(),
    '',
    `Median of ${ROUNDS} interleaved rounds of ${LOOKUPS.toLocaleString('en')} look-ups of ${REFERERS.toLocaleString('en')} hosts of three or four labels. A hit includes the text that it returns.`,
    '',
    markdownTable(head, rows),
    '',
  ].join('\n');
}

process.stdout.write(report());
