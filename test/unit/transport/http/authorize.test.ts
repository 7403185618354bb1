import { expect } from 'chai';
import fc from 'fast-check';
import { authorize, type HttpCall } from '#refgate/transport/http/authorize.js';
import { PredictableAuthorizer } from '../../../support/http-authorizer.js';
import { callUnder, contracts } from '../../../support/http-shim.js';

const hosts = ['images.example', 'shadow.example', 'redirect.example', 'other.example', ''];
const described = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', ''),
  host: fc.constantFrom(...hosts),
  target: fc.constantFrom('/a.jpg', '//a?b', 'http://other.example/', '*', 'a.jpg', ''),
  scheme: fc.constantFrom('http', 'https', 'wss', 'gopher', ''),
  headers: fc.constantFrom(
    [],
    ['Referer', 'http://good.example/'],
    ['Referer', 'broken'],
    ['Referer', 'a', 'referer', 'b'],
  ),
});

/** A call as a proxy would make it, then spoilt: headers dropped, doubled or renamed, another path. */
const call: fc.Arbitrary<HttpCall> = fc
  .record({
    made: fc.tuple(fc.constantFrom(...contracts), described).map(([contract, request]) => callUnder(contract, request)),
    spoilt: fc.array(fc.record({ at: fc.nat(12), how: fc.constantFrom('drop', 'double', 'rename', 'empty') }), {
      maxLength: 3,
    }),
    suffix: fc.constantFrom('', '', '', '?x-original-uri=/a', '/', '/..', '%2f'),
  })
  .map(({ made, spoilt, suffix }) => ({
    method: made.method,
    url: made.path + suffix,
    rawHeaders: spoilt.reduce(spoil, [...made.headers]),
  }));

function spoil(headers: string[], { at, how }: { at: number; how: string }): string[] {
  const name = headers[at * 2];
  const value = headers[at * 2 + 1];
  if (name === undefined || value === undefined) return headers;
  const others = headers.filter((_, place) => place >> 1 !== at);
  if (how === 'double') return [...headers, name, `${value}2`];
  if (how === 'rename') return [...others, name.replace('URI', 'URL'), value];
  return how === 'empty' ? [...others, name, ''] : others;
}

describe('authorize', () => {
  it('allows nothing without a decision that passes, whatever the call looks like', () => {
    const seen = { allowed: 0, denied: 0, refused: 0, failed: 0 };
    const property = fc.property(call, fc.constantFrom('allow' as const, 'deny' as const), (given, defaultAction) => {
      const authorizer = Object.assign(new PredictableAuthorizer(), { defaultAction });
      const { status, headers } = authorize(authorizer, given);
      const [told] = authorizer.observed;
      expect(status === 200).to.equal(told?.decision.passes === true);
      expect(headers.filter((text) => text === 'cache-control')).to.have.length(1);
      // Each call is told of exactly once: as a decision, as a bad request or as a fault of our own.
      const { observed, badRequests, errors } = authorizer;
      expect(observed.length + badRequests.length + errors.length).to.equal(1);
      expect(status >= 500).to.equal(errors.length === 1);
      if (given.url.startsWith('/authz/nginx') && told !== undefined) expect(status).to.be.oneOf([200, 403]);
      if (errors.length > 0) seen.failed++;
      else if (told === undefined) seen.refused++;
      else if (status === 200) seen.allowed++;
      else seen.denied++;
    });
    fc.assert(property, { numRuns: 5_000 });
    for (const [outcome, times] of Object.entries(seen)) expect(times, outcome).to.be.above(100);
  });
});
