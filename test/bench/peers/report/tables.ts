import { markdownTable } from '../../support/markdown.js';
import { yardstick } from '../build-peers.js';
import type { Results } from '../results.js';
import { type Cell, figure, keptUp, median, ratio, samplesOf, usualSize } from './figures.js';
import { count, ms, short, three, times } from './texts.js';

/** What stands in a cell that has no figure; why is told below the tables. */
const NONE = '–';

/** What stands behind figures of a peer that could not answer all that was due. */
const OVERLOADED = ' !';

/** A generator that uses more of its processor than this may be what was measured. */
const GENERATOR_BUSY = 0.9;

/** One row a peer, one column a length of the list. */
function bySize(results: Results, cell: (peer: string, size: number) => string): string {
  const rows = results.peers.map(({ key, name }) => [name, ...results.sizes.map((size) => cell(key, size))]);
  return markdownTable(['', ...results.sizes.map((size) => `${short(size)} names`)], rows);
}

function measured(results: Results, cell: Cell, text: () => string): string {
  if (samplesOf(results, cell).length === 0) return NONE;
  return `${text()}${keptUp(results, cell) ? '' : OVERLOADED}`;
}

/** Processor time a check at a rate. */
export function costTable(results: Results, rate: number): string {
  return bySize(results, (peer, size) => {
    const cell = { peer, size, rate };
    return measured(results, cell, () => {
      return `${times(ratio(results, cell, 'cpu', yardstick))} (${three(figure(results, cell, 'cpu'))} µs)`;
    });
  });
}

/** Answers a second on one processor that has nothing else to do. */
export function speedTable(results: Results): string {
  return bySize(results, (peer, size) => {
    const cell = { peer, size, rate: 0 };
    const processors = peer === 'refgate-workers' ? results.workerCores : 1;
    return measured(results, cell, () => {
      const busy = figure(results, cell, 'busy') > GENERATOR_BUSY ? ' or more' : '';
      const each = times(ratio(results, cell, 'perSecond', yardstick) / processors);
      return `${each} (${count(figure(results, cell, 'perSecond') / processors)}${busy})`;
    });
  });
}

/** Latencies at a rate. */
export function latencyTable(results: Results, rate: number): string {
  return bySize(results, (peer, size) => {
    const cell = { peer, size, rate };
    return measured(results, cell, () => {
      const all = (['p50', 'p99', 'p999'] as const).map((each) => ms(figure(results, cell, each)));
      return `${all.join(' / ')} (${times(ratio(results, cell, 'p99', yardstick))})`;
    });
  });
}

/** Memory after the load. */
export function memoryTable(results: Results): string {
  const of = (peer: string, size: number): number | undefined =>
    results.states.find((state) => state.peer === peer && state.size === size)?.memoryMiB;
  return bySize(results, (peer, size) => {
    const memory = of(peer, size);
    if (memory === undefined) return NONE;
    return `${times(memory / (of(yardstick, size) ?? Number.NaN))} (${count(memory)} MiB)`;
  });
}

/** From the edit of a list to its effect. */
export function effectTable(results: Results): string {
  const deciding = { ...results, peers: results.peers.filter(({ decides }) => decides) };
  const table = bySize(
    { ...deciding, peers: deciding.peers.map((peer) => ({ ...peer, name: `${peer.name}: ${peer.edit}` })) },
    (peer, size) => {
      const state = results.states.find((one) => one.peer === peer && one.size === size);
      return state === undefined || state.effectMs.length === 0 ? NONE : `${count(median(state.effectMs))} ms`;
    },
  );
  return table;
}

/** The 99th percentile at each rate, at one length. */
export function loadTable(results: Results): string {
  const size = usualSize(results);
  const rates = ratesOf(results);
  const rows = results.peers.map(({ key, name }) => [
    name,
    ...rates.map((rate) => {
      const cell = { peer: key, size, rate };
      return measured(results, cell, () => ms(figure(results, cell, 'p99')));
    }),
  ]);
  return markdownTable(['', ...rates.map((rate) => `${count(rate)}/s`)], rows);
}

/** All rates that were measured, in order. */
export function ratesOf({ samples }: Pick<Results, 'samples'>): number[] {
  return [...new Set(samples.map(({ rate }) => rate))].filter((rate) => rate > 0).sort((a, b) => a - b);
}

/** Whole requests through Envoy. */
export function envoyTable({ throughEnvoy, peers }: Results): string {
  const keys = [...new Set(throughEnvoy.map(({ peer }) => peer))];
  const rates = [...new Set(throughEnvoy.map(({ rate }) => rate))].sort((a, b) => a - b);
  const of = (key: string, rate: number, what: 'p50' | 'p99' | 'p999' | 'cpu'): number =>
    median(throughEnvoy.filter((one) => one.peer === key && one.rate === rate).map((one) => one[what]));
  const rows = keys.map((key) => [
    key === 'off' ? 'filter off' : (peers.find((peer) => peer.key === key)?.name ?? key),
    ...rates.flatMap((rate) => [
      (['p50', 'p99', 'p999'] as const).map((each) => ms(of(key, rate, each))).join(' / '),
      key === 'off' ? '' : added(of(key, rate, 'p50') - of('off', rate, 'p50')),
      three(of(key, rate, 'cpu')),
    ]),
  ]);
  const head = rates.flatMap((rate) => [`${count(rate)}/s, ms`, 'p50 added, ms', "Envoy's own µs"]);
  return markdownTable(['', ...head], rows);
}

/** Less than nothing is what a noisy machine makes of little. */
function added(microseconds: number): string {
  return `${microseconds < 0 ? '−' : '+'} ${ms(Math.abs(microseconds))}`;
}
