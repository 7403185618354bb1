import { EntryIndex } from '#refgate/match/entry-index.js';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import { NO_ENTRY } from '#refgate/match/entry-record.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';
import { Prng } from '../support/prng.js';
import { ArrayMemory } from './support/array-memory.js';
import { scavengesOfLookups } from './support/lookup-garbage.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { siteEntry, siteName } from './support/names.js';
import { RandomReads } from './support/random-reads.js';
import { type Candidate, measure } from './support/rounds.js';

const SIZES = [10, 1000, 100_000, 1_000_000, 5_000_000];
const LOOKUPS = 200_000;
const ROUNDS = 9;

/** Referers asked in turn: so many that they, and not the index, are not what the processor's caches hold. */
const REFERERS = 20_000;

interface Built {
  readonly size: number;
  readonly index: EntryIndex;
  readonly buildMs: number;
  readonly bytesEach: number;
  /** The most that arrays took while it was built, against what they take then. */
  readonly mostMemory: number;
  readonly hits: readonly RefererUrl[];
  readonly misses: readonly RefererUrl[];
}

function build(size: number): Built {
  const random = new Prng(size);
  const asked = new Set(Array.from({ length: REFERERS }, () => random.integer(0, size - 1)));
  const names: string[] = [];
  const memory = new ArrayMemory();
  const builder = new EntryIndexBuilder(undefined, { entries: size, bytes: 20 * size });
  let buildMs = 0;
  // In stretches, so that the names of five million are not all in memory, and the clock is not most of the time.
  for (let first = 0; first < size; first += 1000) {
    const entries = Array.from({ length: Math.min(1000, size - first) }, (_, at) => {
      const name = siteName(random, first + at);
      if (asked.has(first + at)) names.push(name);
      return siteEntry(random, name);
    });
    const start = performance.now();
    for (const entry of entries) builder.add(entry);
    buildMs += performance.now() - start;
    memory.look();
  }
  const start = performance.now();
  const data = builder.buildData();
  buildMs += performance.now() - start;
  memory.look();
  const { slots, records, bytes } = data.names;
  const total = slots.byteLength + records.byteLength + bytes.byteLength;
  return {
    size,
    index: new EntryIndex(data),
    buildMs,
    bytesEach: total / size,
    mostMemory: memory.most / total,
    hits: Array.from({ length: REFERERS }, () => referer(`www.${random.pick(names)}`)),
    misses: Array.from({ length: REFERERS }, (_, number) => referer(`www.no${siteName(random, number)}`)),
  };
}

function referer(host: string): RefererUrl {
  // A flat string, as URL gives them; a concatenation is one only by name, and each look at it costs more.
  return { scheme: 'https', host: Buffer.from(host).toString(), port: 443, path: '/', sent: `${host}/` };
}

/** What a check of a Referer does: the entry's text comes with it, for logs and headers. */
function candidate(name: string, index: EntryIndex, referers: readonly RefererUrl[]): Candidate {
  const run = (): number => {
    let found = 0;
    for (let lookup = 0; lookup < LOOKUPS; lookup++) {
      if (index.find(referers[lookup % REFERERS] as RefererUrl) !== undefined) found++;
    }
    return found;
  };
  return { name, operations: LOOKUPS, run };
}

/** The look-up alone. Written out once more: a function handed over would be called for each look-up. */
function numberCandidate(name: string, index: EntryIndex, referers: readonly RefererUrl[]): Candidate {
  const run = (): number => {
    let found = 0;
    for (let lookup = 0; lookup < LOOKUPS; lookup++) {
      if (index.first(referers[lookup % REFERERS] as RefererUrl) !== NO_ENTRY) found++;
    }
    return found;
  };
  return { name, operations: LOOKUPS, run };
}

function reads(name: string, bytes: number): Candidate {
  const memory = new RandomReads(bytes);
  return { name, operations: LOOKUPS, run: () => memory.read(LOOKUPS) };
}

function report(): string {
  const builds = SIZES.map(build);
  const measured = measure(
    builds.flatMap(({ size, bytesEach, index, hits, misses }) => [
      reads(`${size} read`, size * bytesEach),
      numberCandidate(`${size} number`, index, hits),
      candidate(`${size} hit`, index, hits),
      candidate(`${size} miss`, index, misses),
    ]),
    ROUNDS,
  );
  const cost = (name: string): number => measured.find((one) => one.name === name)?.median ?? Number.NaN;
  const bound = (size: number, kind: string): number => 1.3 * cost(`${SIZES[0]} ${kind}`) + 3 * cost(`${size} read`);
  const cell = (size: number, kind: string): string =>
    `${cost(`${size} ${kind}`).toFixed(0)} ns (${((100 * cost(`${size} ${kind}`)) / bound(size, kind)).toFixed(0)} %)`;
  const rows = builds.map(({ size, buildMs, bytesEach, mostMemory }) => [
    size.toLocaleString('en'),
    cell(size, 'number'),
    cell(size, 'hit'),
    cell(size, 'miss'),
    `${cost(`${size} read`).toFixed(0)} ns`,
    `${buildMs.toFixed(1)} ms`,
    size < 1000 ? '' : bytesEach.toFixed(0),
    size < 100_000 ? '' : `× ${mostMemory.toFixed(2)}`,
  ]);
  const head = [
    'entries',
    'hit, by number',
    'hit, with its text',
    'miss',
    'random read',
    'build',
    'bytes a name, off-heap',
    'at most while built',
  ];
  return [
    '## Look-up of one entry',
    '',
    machine(),
    '',
    `Median of ${ROUNDS} interleaved rounds of ${LOOKUPS.toLocaleString('en')} look-ups of ${REFERERS.toLocaleString('en')} hosts of three or four labels.`,
    'In brackets against the bound: 1.3 × the cost at ten entries and three random reads of as much memory as the index',
    'has, which the same rounds measure.',
    '',
    markdownTable(head, rows),
    '',
    scavengesOfLookups(),
    '',
  ].join('\n');
}

process.stdout.write(report());
