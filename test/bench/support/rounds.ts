/** Something to be measured; it returns a number that depends on its work, so that the work cannot be left out. */
export interface Candidate {
  readonly name: string;
  /** How many operations one run is. */
  readonly operations: number;
  readonly run: () => number;
}

/** What was measured, in nanoseconds an operation. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Measures in rounds: each candidate once a round, so that a machine that slows down for a while slows down all of
 * them. One round before the first is not counted.
 */
export function measure(candidates: readonly Candidate[], rounds: number): Measured[] {
  const times = candidates.map((): number[] => []);
  let sink = 0;
  for (let round = -1; round < rounds; round++) {
    for (const [place, candidate] of candidates.entries()) {
      const start = process.hrtime.bigint();
      sink += candidate.run();
      const elapsed = Number(process.hrtime.bigint() - start);
      if (round >= 0) times[place]?.push(elapsed / candidate.operations);
    }
  }
  if (Number.isNaN(sink)) throw new Error('a candidate returned no number');
  return candidates.map(({ name }, place) => summary(name, times[place] ?? []));
}

function summary(name: string, times: readonly number[]): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { name, median, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}
