import { cpus } from 'node:os';
import { CheckRequest } from '#refgate/gen/envoy/service/auth/v3/external_auth.js';
import { createGrpcAnswers } from '#refgate/transport/grpc/answers.js';
import { decodeCheck } from '#refgate/transport/grpc/decode-check.js';
import { HeaderTable } from '#refgate/transport/grpc/header-table.js';
import { RECORDED_CHECKS, recordedCheck } from '../support/grpc-recorded-checks.js';
import { decisionOf, FORBIDDEN, policyOf } from '../support/grpc-snapshot.js';
import { undecidingSnapshot } from '../support/policy-builder.js';

/** Prints what decoding a Check and encoding its answer cost, as Markdown: `node .build/test/bench/decode.js`. */

const ROUNDS = 9;
const CALLS = 50_000;

/** Median and spread of nanoseconds a call. */
function measure(name: string, call: () => unknown): void {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    for (let index = 0; index < CALLS; index += 1) call();
    return Number(process.hrtime.bigint() - start) / CALLS;
  });
  // The first rounds are the compiler's.
  const settled = rounds.slice(2).toSorted((left, right) => left - right);
  const [least = 0, median = 0, most = 0] = [settled[0], settled[Math.floor(settled.length / 2)], settled.at(-1)];
  console.log(`| ${name} | ${median.toFixed(0)} | ${least.toFixed(0)}–${most.toFixed(0)} |`);
}

const headers = new HeaderTable([
  'referer',
  'user-agent',
  'origin',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
]);
const policy = policyOf('images', 0, FORBIDDEN);
const answers = createGrpcAnswers(undecidingSnapshot([policy]), { debugHeaders: false });

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`);
console.log('| step | ns a call, median | least–most |\n| --- | --- | --- |');
for (const name of RECORDED_CHECKS) {
  const bytes = recordedCheck(name);
  measure(`${name} (${bytes.length} bytes): decodeCheck, six headers wanted`, () =>
    decodeCheck(bytes, { headers, trustedHops: 0 }),
  );
  measure(`${name}: the whole message, ts-proto`, () => CheckRequest.decode(bytes));
}
const allow = decisionOf({ policy });
const deny = decisionOf({ policy, action: 'deny', passes: false, entry: '', reason: 'not_in_allow_list' });
measure('encode an allow', () => answers.encode(allow));
measure('encode a deny', () => answers.encode(deny));
