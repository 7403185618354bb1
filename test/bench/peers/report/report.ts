import { ladderSize, steadyRate } from '../options.js';
import type { Results } from '../results.js';
import { aheadOfRefgate } from './ahead.js';
import { usualSize } from './figures.js';
import { costTable, effectTable, envoyTable, latencyTable, loadTable, memoryTable, speedTable } from './tables.js';
import { count } from './texts.js';

/** The heading under which the figures stand in RESULTS.md. */
export const HEADING = '## Side by side';

/** All tables of a run, as Markdown. */
export function report(results: Results): string {
  const sections = [
    HEADING,
    results.machine.join('\n\n'),
    introduction(results),
    ...ahead(results),
    ...results.rates.flatMap((rate) => [
      `Processor time a check at ${count(rate)} checks a second:`,
      costTable(results, rate),
    ]),
    '![Processor time a check against the number of names](plots/cost.svg)',
    '![What the list adds to the processor time of a check](plots/added.svg)',
    'Checks a second and processor, saturated (64 on their way):',
    speedTable(results),
    `Latency at ${count(steadyRate)} checks a second, ms: half / 99 % / 99.9 % (99 % against the yardstick):`,
    latencyTable(results, steadyRate),
    `99 % of latencies against load, ms, ${count(usualSize(results))} names:`,
    loadTable(results),
    '![Latency against load](plots/latency.svg)',
    'Memory after the load (PSS, all processes):',
    memoryTable(results),
    'From the edit of a list to the first answer that follows it, and how the list comes into force:',
    effectTable(results),
    ...throughEnvoy(results),
    ...leftOut(results),
  ];
  return `${sections.join('\n\n')}\n`;
}

function ahead(results: Results): string[] {
  const lines = aheadOfRefgate(results);
  return lines.length === 0 ? [] : [`Where another is ahead, plainly:\n\n${lines.join('\n')}`];
}

function introduction({ rounds, seconds, date, minutes, command }: Results): string {
  return `Printed by \`${command}\` on ${date}, within ${Math.ceil(minutes)} min ([how, and how to read it](peers/README.md)).
Medians of ${rounds} interleaved rounds of ${seconds} s; ratios are to the yardstick, a grpc-js server that decides
nothing, in the same round. \`!\`: could not answer all that was due. \`–\`: not measured, see the end.`;
}

function throughEnvoy(results: Results): string[] {
  if (results.throughEnvoy.length === 0) return [];
  const what = `Through a whole Envoy with one worker, ${count(ladderSize)} names: half / 99 % / 99.9 %`;
  return [`${what}, what the filter adds to the half, and Envoy's own processor time a request:`, envoyTable(results)];
}

function leftOut({ absent, refusals, peers }: Results): string[] {
  const nameOf = (key: string): string => peers.find((peer) => peer.key === key)?.name ?? key;
  const lines = [
    ...absent.map(({ name, why }) => `- ${name}: ${why}.`),
    ...refusals.map(({ peer, size, why }) => `- ${nameOf(peer)} at ${count(size)} names: ${why}.`),
  ];
  return lines.length === 0 ? [] : [`Not measured:\n\n${lines.join('\n')}`];
}
