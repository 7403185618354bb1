import type { Loaded } from '../load.js';
import { ladderSize } from '../options.js';
import type { Results, Sample } from '../results.js';

/** Which measurements are meant. `rate` 0: saturated. */
export interface Cell {
  readonly peer: string;
  readonly size: number;
  readonly rate: number;
}

/** The middle one; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Measurements of a cell, a round each. */
export function samplesOf({ samples }: Pick<Results, 'samples'>, cell: Cell): Sample[] {
  return samples.filter(({ peer, size, rate }) => peer === cell.peer && size === cell.size && rate === cell.rate);
}

/** The median of a figure over the rounds. */
export function figure(results: Pick<Results, 'samples'>, cell: Cell, of: keyof Loaded): number {
  return median(samplesOf(results, cell).map((sample) => sample[of]));
}

/** The median of a figure's ratios to another peer's, each of one round, so that a slow spell slows down both. */
export function ratio(results: Pick<Results, 'samples'>, cell: Cell, of: keyof Loaded, to: string): number {
  const others = new Map(samplesOf(results, { ...cell, peer: to }).map((sample) => [sample.round, sample[of]]));
  return median(samplesOf(results, cell).flatMap((sample) => divided(sample[of], others.get(sample.round))));
}

function divided(value: number, by: number | undefined): number[] {
  return by === undefined ? [] : [value / by];
}

/** Whether a peer answered as many as were due. */
export function keptUp(results: Pick<Results, 'samples'>, cell: Cell): boolean {
  return cell.rate === 0 || figure(results, cell, 'perSecond') >= cell.rate * 0.95;
}

/** The length that stands for all where only one can be shown. */
export function usualSize({ sizes }: Pick<Results, 'sizes'>): number {
  return sizes.includes(ladderSize) ? ladderSize : (sizes[0] ?? ladderSize);
}
