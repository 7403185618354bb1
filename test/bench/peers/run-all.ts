import type { Built } from './build-peers.js';
import { workerCores } from './cores.js';
import { measureSize } from './measure-size.js';
import type { Options } from './options.js';
import type { Peer } from './peer.js';
import { log } from './progress.js';
import { figure } from './report/figures.js';
import { count } from './report/texts.js';
import type { EnvoySample, Refusal, Results, Sample, State } from './results.js';
import { measureThroughEnvoy } from './through-envoy.js';
import { machineAndVersions } from './versions.js';

/** Microseconds of processor time a check beyond which longer lists are not tried. */
const tooDear = 1_000;

/** From this length on a start takes time for the list above all, and a longer one longer in proportion: so many seconds. */
const longList = 10_000;
const slowestStart = 120;

/** Measures whole Envoys, and then all lengths, the shortest first. */
export async function runAll(built: Built, options: Options, command: string): Promise<Results> {
  const start = performance.now();
  const throughEnvoy = await envoys(built, options);
  const samples: Sample[] = [];
  const states: State[] = [];
  const refusals: Refusal[] = [];
  for (const size of options.sizes) {
    const peers = built.peers.filter((peer) => {
      const why = reasonToSkip(peer, size, { samples, states, refusals });
      if (why !== undefined) refusals.push({ peer: peer.key, size, why });
      return why === undefined;
    });
    const found = await measureSize(peers, built.generator, size, options);
    samples.push(...found.samples);
    states.push(...found.states);
    refusals.push(...found.refusals);
  }
  const minutes = (performance.now() - start) / 60_000;
  log(`measured for ${minutes.toFixed(1)} minutes`);
  return {
    ...{ date: new Date().toISOString().slice(0, 10), command, minutes, machine: machineAndVersions(built) },
    ...{ sizes: options.sizes, rates: options.rates, rounds: options.rounds, seconds: options.seconds },
    ...{ workerCores, bound: options.bound, absent: built.absent },
    peers: built.peers.map(({ key, name, protocol, decides, edit }) => ({ key, name, protocol, decides, edit })),
    ...{ samples, states, refusals, throughEnvoy },
  };
}

type Found = Pick<Results, 'samples' | 'states' | 'refusals'>;

/** A longer list is not tried where a shorter one was too much. */
function reasonToSkip(peer: Peer, size: number, { samples, states, refusals }: Found): string | undefined {
  const refused = refusals.find((refusal) => refusal.peer === peer.key);
  if (refused !== undefined) return `not tried, ${count(refused.size)} were too many`;
  const last = states.findLast((state) => state.peer === peer.key);
  if (last === undefined || !peer.decides || peer.key === 'refgate') return undefined;
  const cost = figure({ samples }, { peer: peer.key, size: last.size, rate: 0 }, 'cpu');
  if (cost > tooDear) return `not tried, at ${count(last.size)} a check takes ${count(cost)} µs`;
  const seconds = last.startMs / 1_000;
  const tooSlow = last.size >= longList && (seconds * size) / last.size > slowestStart;
  return tooSlow ? `not tried, at ${count(last.size)} the start takes ${seconds.toFixed(0)} s` : undefined;
}

async function envoys({ envoy, generator, peers }: Built, options: Options): Promise<EnvoySample[]> {
  return envoy === undefined ? [] : await measureThroughEnvoy({ binary: envoy, generator }, peers, options);
}
