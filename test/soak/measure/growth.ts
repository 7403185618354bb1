import type { Sample } from './sample.js';
import { median, slope } from './slope.js';

/** How what a process holds has grown, after its warm-up. */
export interface Growth {
  /** How long it was measured for. */
  readonly seconds: number;
  /** Bytes a second. */
  readonly held: number;
  /** Bytes a second. */
  readonly rss: number;
  /** From the beginning to the end. */
  readonly files: number;
  readonly threads: number;
}

/**
 * Growth over the last two thirds of the samples: V8 compiles, and caches and pools fill, in the first. What is counted
 * is compared between their thirds, where a connection more or less makes no difference.
 */
export function growth(samples: readonly Sample[]): Growth {
  const warm = samples.slice(Math.floor(samples.length / 3));
  const third = Math.ceil(warm.length / 3);
  const rise = (of: (sample: Sample) => number): number =>
    median(warm.slice(-third).map(of)) - median(warm.slice(0, third).map(of));
  const rate = (of: (sample: Sample) => number): number =>
    slope(warm.map((sample) => ({ x: sample.at / 1_000, y: of(sample) })));
  return {
    seconds: ((warm.at(-1)?.at ?? 0) - (warm[0]?.at ?? 0)) / 1_000,
    held: rate(({ held }) => held),
    rss: rate(({ rss }) => rss),
    files: rise(({ files }) => files),
    threads: rise(({ threads }) => threads),
  };
}
