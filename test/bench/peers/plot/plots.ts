import { steadyRate } from '../options.js';
import { figure, samplesOf, usualSize } from '../report/figures.js';
import { ratesOf } from '../report/tables.js';
import { count, short } from '../report/texts.js';
import type { Results } from '../results.js';
import { type Chart, chart, type Line } from './chart.js';

const dotted = '2 5';
const dashed = '8 5';

/** A colour a product, a dash where it is a variant. */
const looks: Readonly<Record<string, Pick<Line, 'color' | 'dash'>>> = {
  refgate: { color: '#e03177', dash: '' },
  'refgate-workers': { color: '#e03177', dash: dashed },
  'grpc-js': { color: '#8a929a', dash: '' },
  'grpc-js-young': { color: '#8a929a', dash: dashed },
  http2: { color: '#8a929a', dash: dotted },
  go: { color: '#1c93d1', dash: '' },
  rust: { color: '#d9820b', dash: '' },
  opa: { color: '#13a89e', dash: '' },
  nginx: { color: '#2f9e44', dash: '' },
  'nginx-bare': { color: '#2f9e44', dash: dotted },
  'rbac-regex': { color: '#8b5cf6', dash: '' },
  'rbac-map': { color: '#8b5cf6', dash: dashed },
  'envoy-bare': { color: '#8b5cf6', dash: dotted },
};

/** What decides nothing in the way of each that decides. */
const without: Readonly<Record<string, string>> = {
  refgate: 'grpc-js-young',
  nginx: 'nginx-bare',
  'rbac-regex': 'envoy-bare',
  'rbac-map': 'envoy-bare',
};

const names = { label: 'names on the list', text: short };

/** The plots of a run, by the names of their files. */
export function plots(results: Results): Readonly<Record<'cost' | 'added' | 'latency', string>> {
  const plain = (label: string) => ({ label, text: (value: number) => value.toLocaleString('en') });
  const charts: Record<'cost' | 'added' | 'latency', Chart> = {
    cost: {
      title: 'Processor time a check, against the length of the list',
      subtitle: `${count(steadyRate)} checks a second; one processor; proxies themselves: a request`,
      x: names,
      y: plain('µs of processor time'),
      lines: lines(results, (peer) => overSizes(results, (size) => costOf(results, peer, size, steadyRate))),
    },
    added: {
      title: 'What the list adds to a check',
      subtitle: 'Processor time above the same kind of server that decides nothing, saturated',
      x: names,
      y: plain('µs of processor time'),
      lines: lines(results, (peer) => overSizes(results, (size) => addedBy(results, peer, size))),
    },
    latency: {
      title: 'Latency against load',
      subtitle: `99 % are answered sooner; ${count(usualSize(results))} names; since each check was due; lines end at what was kept up with`,
      x: { label: 'checks a second', text: short },
      y: plain('ms'),
      lines: lines(results, (peer) => overRates(results, peer)),
    },
  };
  return { cost: chart(charts.cost), added: chart(charts.added), latency: chart(charts.latency) };
}

function lines({ peers }: Results, pointsOf: (peer: string) => [number, number][]): Line[] {
  return peers.map(({ key, name }) => ({
    ...(looks[key] ?? { color: '#8a929a', dash: '' }),
    name,
    bold: key === 'refgate',
    points: pointsOf(key).filter(([, value]) => value > 0),
  }));
}

function overSizes({ sizes }: Results, value: (size: number) => number): [number, number][] {
  return sizes.map((size) => [size, value(size)]);
}

function costOf(results: Results, peer: string, size: number, rate: number): number {
  return figure(results, { peer, size, rate }, 'cpu');
}

function addedBy(results: Results, peer: string, size: number): number {
  const bare = without[peer];
  return bare === undefined ? Number.NaN : costOf(results, peer, size, 0) - costOf(results, bare, size, 0);
}

/** Up to the first rate that was too much, whose latency is the length of the run. */
function overRates(results: Results, peer: string): [number, number][] {
  const cells = ratesOf(results).map((rate) => ({ peer, size: usualSize(results), rate }));
  const measured = cells.filter((cell) => samplesOf(results, cell).length > 0);
  const kept = measured.filter((cell) => figure(results, cell, 'perSecond') >= cell.rate * 0.95);
  return kept.map((cell) => [cell.rate, figure(results, cell, 'p99') / 1_000]);
}
