import { closeSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from './support/machine.js';
import { bucketCount, type ManagedService, startManagedService } from './support/managed-service.js';
import { markdownTable } from './support/markdown.js';

const changes = 300;
const secondsOfWriters = 5;
const writerCounts = [1, 10, bucketCount];
const foldersBeside = [0, 1_000, 10_000];
/** At most so long for one row: a folder of 10,000 files takes its time. */
const secondsOfRow = 60;

/** Milliseconds of each of some repetitions, sorted. */
async function times(repetitions: number, once: (number: number) => Promise<void>): Promise<number[]> {
  const taken: number[] = [];
  const end = performance.now() + secondsOfRow * 1_000;
  for (let number = 0; number < repetitions && performance.now() < end; number++) {
    const start = performance.now();
    await once(number);
    taken.push(performance.now() - start);
  }
  return taken.toSorted((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): string {
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1)} ms`;
}

const page = (number: number): string => `https://page-${number}.example/`;

/** Of each change: the first request after its answer, whether the new rules decided it. */
async function enforcedAtOnce(service: ManagedService): Promise<number> {
  let enforced = 0;
  for (let number = 1; number <= changes; number++) {
    await service.put(0, page(number));
    const [old, fresh] = [await service.check(0, page(number - 1)), await service.check(0, page(number))];
    if (old === 403 && fresh === 200) enforced++;
  }
  return enforced;
}

async function latencyRow(beside: number): Promise<string[]> {
  const service = await startManagedService(beside);
  await service.put(0, page(-1));
  const sorted = await times(changes, (number) => service.put(0, page(number)));
  await service.stop();
  const folder = beside === 0 ? 'none' : beside.toLocaleString('en');
  return [folder, String(sorted.length), quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1)];
}

/** What a file costs that is written durably with nothing around: temporary file, fsync, rename, fsync of the folder. */
async function diskRow(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-bench-'));
  const sorted = await times(changes, async (number) => writeDurably(folder, page(number)));
  rmSync(folder, { recursive: true });
  return ['the disk alone', String(sorted.length), quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1)];
}

function writeDurably(folder: string, text: string): void {
  const file = openSync(join(folder, 'temporary'), 'w');
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(join(folder, 'temporary'), join(folder, 'policy'));
  const directory = openSync(folder, 'r');
  fsyncSync(directory);
  closeSync(directory);
}

/** Writers that put one change after the other, each to a bucket of its own. */
async function writersRow(service: ManagedService, writers: number): Promise<string[]> {
  const taken: number[] = [];
  const end = performance.now() + secondsOfWriters * 1_000;
  const write = async (bucket: number): Promise<void> => {
    for (let number = 0; performance.now() < end; number++) {
      const start = performance.now();
      await service.put(bucket, page(number + writers * 1_000_000));
      taken.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, bucket) => write(bucket)));
  const sorted = taken.toSorted((a, b) => a - b);
  return [String(writers), (taken.length / secondsOfWriters).toFixed(0), quantile(sorted, 0.5), quantile(sorted, 0.99)];
}

const service = await startManagedService(0);
const enforced = await enforcedAtOnce(service);
const writerRows: string[][] = [];
for (const writers of writerCounts) writerRows.push(await writersRow(service, writers));
await service.stop();
const latencyRows = [await diskRow()];
for (const beside of foldersBeside) latencyRows.push(await latencyRow(beside));

process.stdout.write(
  [
    '## Changes through the management listener',
    '',
    machine(),
    '',
    'PutBucketReferer, signed with V1, over connections that are kept; client and service share the processors. Each ' +
      'PUT is a change, answered when it is durable and in force.',
    '',
    `From the answer of a PUT to its enforcement: none. Of ${changes} changes, the request that was sent right after ` +
      `the answer was decided by the new list ${enforced} times.`,
    '',
    'One change after the other, with so many other policies in the folder, each in a file of its own:',
    '',
    markdownTable(['policies beside', 'changes', 'median', '99%', 'longest'], latencyRows),
    '',
    `Writers at a time, each to a bucket of its own, for ${secondsOfWriters} s:`,
    '',
    markdownTable(['writers', 'changes a second', 'median', '99%'], writerRows),
    '',
  ].join('\n'),
);
