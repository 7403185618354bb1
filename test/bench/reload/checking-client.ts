import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { fromRoot } from '../../support/paths.js';

/** Latencies of Checks, in milliseconds. */
export interface Latencies {
  readonly checks: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

// A process of its own, which sends one Check after the other over one connection until it is asked what it saw.
const message = readFileSync(fromRoot('test/fixtures/checks/check-1k-allowed.bin'));
const session = connect(`http://${process.argv[2]}`);
const headers = {
  ':method': 'POST',
  ':path': '/envoy.service.auth.v3.Authorization/Check',
  'content-type': 'application/grpc',
  te: 'trailers',
};
let latencies: number[] = [];

process.on('message', () => {
  const sorted = Float64Array.from(latencies).sort();
  latencies = [];
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const report: Latencies = { checks: sorted.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
  process.send?.(report);
});
process.on('disconnect', () => process.exit());
process.send?.('connected');

for (;;) {
  const begin = performance.now();
  await check();
  latencies.push(performance.now() - begin);
}

function check(): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
    stream.on('error', reject).on('end', () => resolve());
    stream.resume().end(message);
  });
}
