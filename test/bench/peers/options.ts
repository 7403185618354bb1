import { parseArgs } from 'node:util';

/** What a run measures, and how long. */
export interface Options {
  readonly quick: boolean;
  /** Keys of the peers to run; empty: all. */
  readonly only: readonly string[];
  /** Lengths of the lists. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Length of one measurement. */
  readonly seconds: number;
  /** Checks before the first that counts, in which a server in JavaScript is compiled. */
  readonly warmUp: number;
  /** Checks a second, at each length. */
  readonly rates: readonly number[];
  /** Further rates, for the plot of latency against load, at `ladderSize` names. */
  readonly ladder: readonly number[];
  /** How often a list is changed to see how long that takes. */
  readonly edits: number;
  /** Seconds that a peer may take until it answers, or until a changed list is in force. */
  readonly bound: number;
  /** Put the tables into RESULTS.md and the plots beside it. */
  readonly write: boolean;
  /** Measure nothing: make tables and plots from the figures of the run before. */
  readonly again: boolean;
}

/** The length of the list at which latency against load, and a whole Envoy, are measured. */
export const ladderSize = 1_000;

/** The rate at which latencies are told for each length. */
export const steadyRate = 3_000;

const full = {
  sizes: [10, 1_000, 100_000, 1_000_000],
  rounds: 3,
  seconds: 1,
  warmUp: 60_000,
  rates: [1_000, steadyRate, 10_000],
  ladder: [6_000, 20_000, 30_000],
  edits: 3,
  bound: 60,
};

const quick = {
  sizes: [10, ladderSize],
  rounds: 1,
  seconds: 0.5,
  warmUp: 5_000,
  rates: [steadyRate],
  ladder: [],
  edits: 1,
  bound: 20,
};

/** Reads the command line. Throws on what it does not know. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      sizes: { type: 'string' },
      rounds: { type: 'string' },
      write: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
    },
  });
  const lengths = values.quick ? quick : full;
  return {
    ...lengths,
    ...(values.sizes === undefined ? {} : { sizes: values.sizes.split(',').map(wholeNumber) }),
    ...(values.rounds === undefined ? {} : { rounds: wholeNumber(values.rounds) }),
    quick: values.quick,
    only: values.only === '' ? [] : values.only.split(','),
    write: values.write,
    again: values.again,
  };
}

function wholeNumber(text: string): number {
  const number = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`'${text}' is no whole number above 0`);
  return number;
}
