import { expect } from 'chai';
import fc from 'fast-check';
import { decodeCheck } from '#refgate/transport/grpc/decode-check.js';
import { HeaderTable } from '#refgate/transport/grpc/header-table.js';
import { readCheckSlowly } from '../support/grpc-check-oracle.js';
import { checkRequest } from '../support/grpc-check-request.js';
import { RECORDED_CHECKS, recordedCheck } from '../support/grpc-recorded-checks.js';

const NAMES = new Set(['referer', 'origin', 'sec-fetch-site', 'user-agent', 'x-forwarded-for']);
const READING = { headers: new HeaderTable(NAMES), trustedHops: 0 };
const SEED = 20_261_122;

const SEEDS: readonly Buffer[] = [
  ...RECORDED_CHECKS.map(recordedCheck),
  checkRequest(
    { headers: { referer: 'https://a.example/', origin: 'null' } },
    { context_extensions: { policy: 'gold' } },
  ),
];

/** One change to a request: where, in ten-thousandths of its length, and what. */
type Mutation = readonly [kind: 'set' | 'remove' | 'insert' | 'truncate' | 'repeat', place: number, byte: number];

const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'remove', 'insert', 'truncate', 'repeat'),
    // Without bias, which would hit the first bytes most of the time.
    fc.noBias(fc.integer({ min: 0, max: 9999 })),
    fc.integer({ min: 0, max: 255 }),
  ),
  { minLength: 1, maxLength: 4 },
);

function mutate(bytes: Buffer, [kind, place, byte]: Mutation): Buffer {
  const index = Math.floor((place / 10_000) * bytes.length);
  const [before, after] = [bytes.subarray(0, index), bytes.subarray(index)];
  switch (kind) {
    case 'set':
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
    case 'remove':
      return Buffer.concat([before, after.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, Buffer.from([byte]), after]);
    case 'truncate':
      return before;
    case 'repeat':
      return Buffer.concat([bytes, bytes]);
  }
}

describe('decodeCheck on bytes that nobody meant', () => {
  it('never throws and never reads over the end, whatever the bytes', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
      const sentinel = Buffer.concat([Buffer.from(random), Buffer.from('READ OVER THE END'.repeat(20))]);
      const alone = decodeCheck(Buffer.from(random), READING);
      // A view into a larger Buffer, as grpc-js hands it over, must read the same as the bytes alone.
      expect(decodeCheck(sentinel.subarray(0, random.length), READING)).to.deep.equal(alone);
    });
    fc.assert(property, { seed: SEED, numRuns: 20_000 });
  });

  it('agrees with a complete decoder on mutations of real requests', () => {
    const seen = { same: 0, incomplete: 0, malformed: 0, lenient: 0 };
    const property = fc.property(fc.constantFrom(...SEEDS), mutations, (seed, changes) => {
      const bytes = changes.reduce(mutate, seed);
      const outcome = compare(bytes);
      seen[outcome] += 1;
    });
    fc.assert(property, { seed: SEED, numRuns: 5000 });
    expect(seen.same, JSON.stringify(seen)).to.be.greaterThan(500);
    expect(seen.malformed, JSON.stringify(seen)).to.be.greaterThan(1000);
    expect(seen.lenient, JSON.stringify(seen)).to.be.lessThan(50);
  });
});

function compare(bytes: Buffer): 'same' | 'incomplete' | 'malformed' | 'lenient' {
  const actual = decodeCheck(bytes, READING);
  const isMalformed = 'problem' in actual && actual.problem.startsWith('the bytes are no ');
  const expected = readCheckSlowly(bytes, NAMES);
  expect(isMalformed).to.equal(expected === 'malformed');
  if (expected === 'malformed') return 'malformed';
  if (expected === 'unreadable elsewhere') return 'lenient';
  if (expected === 'incomplete') {
    expect(actual).to.have.property('problem');
    return 'incomplete';
  }
  expect(actual).to.deep.equal(expected);
  return 'same';
}
