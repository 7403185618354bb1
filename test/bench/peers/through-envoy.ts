import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cores } from './cores.js';
import { drive, type Target, warmUp } from './load.js';
import { ladderSize, type Options } from './options.js';
import type { Peer, RunningPeer } from './peer.js';
import { log } from './progress.js';
import { makeNames, writeRequests } from './requests.js';
import type { EnvoySample } from './results.js';
import { startAskingEnvoy } from './servers/envoy-asking.js';
import { untilReady } from './time-to-effect.js';

/** Servers that are asked by a whole Envoy. */
const asked = ['refgate', 'go', 'rust'];

/** Requests a second through Envoy, which takes part of the load generator's processor on a small machine. */
const rates = { full: [1_000, 3_000], quick: [1_000] };

/** An Envoy, and what it is called. */
interface Chain {
  readonly peer: string;
  readonly envoy: RunningPeer;
  readonly server: RunningPeer | undefined;
}

/** Latency of whole requests through Envoy: with its filter off, and with each server asked. */
export async function measureThroughEnvoy(
  { binary, generator }: { readonly binary: string; readonly generator: string },
  peers: readonly Peer[],
  options: Options,
): Promise<EnvoySample[]> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-peers-'));
  const names = makeNames(ladderSize);
  const requests = writeRequests(folder, names).http;
  const chains: Chain[] = [];
  const samples: EnvoySample[] = [];
  const target = ({ envoy, peer }: Chain): Target => {
    return { address: envoy.address, protocol: 'http', requests, pid: envoy.pid, verify: peer !== 'off' };
  };
  try {
    for (const peer of [undefined, ...peers.filter(({ key }) => asked.includes(key))]) {
      const place = { folder: mkdtempSync(join(folder, 'chain-')), names, bound: options.bound };
      const server = await peer?.start({ ...place, cpus: cores.server });
      const envoy = await startAskingEnvoy({ ...place, cpus: cores.envoy, binary }, server?.address);
      await untilReady(envoy, 'http');
      const chain = { peer: peer?.key ?? 'off', envoy, server };
      chains.push(chain);
      await warmUp(generator, target(chain), options.warmUp);
    }
    for (let round = 0; round < options.rounds; round++) {
      for (const chain of chains) {
        for (const rate of options.quick ? rates.quick : rates.full) {
          const loaded = await drive(generator, target(chain), { rate, seconds: options.seconds });
          samples.push({ ...loaded, peer: chain.peer, round, rate });
        }
      }
      log(`through Envoy: round ${round + 1} of ${options.rounds}`);
    }
    return samples;
  } finally {
    await Promise.all(chains.flatMap(({ envoy, server }) => [envoy.stop(), server?.stop()]));
    rmSync(folder, { recursive: true, force: true });
  }
}
