import { steadyRate } from '../options.js';
import type { Results } from '../results.js';
import { type Cell, figure, median, usualSize } from './figures.js';
import { count, times } from './texts.js';

/** Less than this below refgate's figure is taken for chance. */
const CLEARLY = 0.95;

/** What is compared: lower is better. */
interface Contest {
  readonly name: string;
  value(peer: string): number;
}

/** Says in words where a peer that decides is ahead of refgate, by how much. */
export function aheadOfRefgate(results: Results): string[] {
  const own = 'refgate';
  const rivals = results.peers.filter(({ key, decides }) => decides && !key.startsWith(own));
  if (rivals.length === 0 || !results.peers.some(({ key }) => key === own)) return [];
  return contests(results).map(({ name, value }) => {
    const ahead = rivals
      .map((peer) => ({ name: peer.name, ratio: value(peer.key) / value(own) }))
      .filter(({ ratio }) => ratio < CLEARLY)
      .sort((a, b) => a.ratio - b.ratio);
    if (ahead.length === 0) return `- ${name}: nobody is ahead of refgate.`;
    return `- ${name}: ahead of refgate are ${ahead.map((one) => `${one.name} (${times(one.ratio)})`).join(', ')}.`;
  });
}

function contests(results: Results): Contest[] {
  const usual = usualSize(results);
  const most = Math.max(...results.sizes);
  const cell = (peer: string, size: number, rate: number): Cell => ({ peer, size, rate });
  const state = (peer: string) => results.states.find((one) => one.peer === peer && one.size === most);
  const cost = (size: number): Contest => ({
    name: `Processor time a check, ${count(size)} names, ${count(steadyRate)} a second`,
    value: (peer) => figure(results, cell(peer, size, steadyRate), 'cpu'),
  });
  return [
    ...[...new Set([usual, most])].map(cost),
    {
      name: `99th percentile, ${count(usual)} names, ${count(steadyRate)} a second`,
      value: (peer) => figure(results, cell(peer, usual, steadyRate), 'p99'),
    },
    { name: `Memory, ${count(most)} names`, value: (peer) => state(peer)?.memoryMiB ?? Number.NaN },
    { name: `From an edit to its effect, ${count(most)} names`, value: (peer) => median(state(peer)?.effectMs ?? []) },
  ];
}
