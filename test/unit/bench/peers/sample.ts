import type { Results, Sample } from '../../../bench/peers/results.js';

/** A measurement in which nothing went wrong. */
export function sample(fields: Partial<Sample> = {}): Sample {
  const counts = { answered: 1_000, denied: 100, failed: 0, wrong: 0, unanswered: 0, perSecond: 1_000 };
  const times = { p50: 200, p99: 900, p999: 2_000, max: 3_000, busy: 0.1, cpu: 50 };
  return { ...counts, ...times, peer: 'refgate', size: 10, round: 0, rate: 1_000, ...fields };
}

/** A run of refgate, its yardstick and a peer at one length. */
export function results(fields: Partial<Results> = {}): Results {
  const peers = (['refgate', 'grpc-js', 'grpc-js-young', 'go'] as const).map((key) => ({
    ...{ key, name: key === 'go' ? 'Go' : key, protocol: 'grpc' as const },
    ...{ decides: !key.startsWith('grpc-js'), edit: 'restart' },
  }));
  const rates = [3_000, 0];
  const cpu = { refgate: 60, 'grpc-js': 50, 'grpc-js-young': 48, go: 30 };
  return {
    ...{ date: '2026-01-02', command: 'npm run bench:peers', machine: ['a machine'], minutes: 1.5 },
    ...{ sizes: [10], rates: [3_000], rounds: 1, seconds: 1, workerCores: 1, bound: 60 },
    peers,
    absent: [{ name: 'OPA', why: 'no binary' }],
    samples: peers.flatMap(({ key }) =>
      rates.map((rate) => sample({ peer: key, rate, perSecond: 3_000, cpu: cpu[key] })),
    ),
    states: peers.map(({ key }) => ({ peer: key, size: 10, startMs: 100, memoryMiB: 80, effectMs: [30, 10, 20] })),
    refusals: [],
    throughEnvoy: [],
    ...fields,
  };
}
