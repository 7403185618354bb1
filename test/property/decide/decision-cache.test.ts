import { expect } from 'chai';
import { decide } from '#refgate/decide/decide.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { hostList, type PolicyParts, request, snapshotOf } from '../../support/policy-builder.js';
import { type Prng, property } from '../../support/prng.js';
import { randomReferer } from '../../support/random-referer.js';

const runs = 30_000;
const hosts = ['good.example', 'www.good.example', 'a_b.example', 'localhost', '[::1]', '192.0.2.1', 'x@', '*'];

/** Every way in which a policy can look at a Referer, by lists that say that they are dear, or are not. */
function randomPolicy(random: Prng): PolicyParts {
  const isDear = random.chance(0.5);
  const some = () => ({ ...hostList(...random.list(0, 3, () => random.pick(hosts))), isDear });
  const list = () => (random.chance(0.7) ? some() : undefined);
  const answer = () => random.pick(['allow', 'deny', 'verify'] as const);
  const invalid = random.pick(['lists', 'allow', 'deny'] as const);
  const own = { invalid, allowSelf: random.chance(0.7), ignoreScheme: random.chance(0.3) };
  return { referer: { allow: list(), deny: list(), absent: answer(), blank: answer(), ...own } };
}

describe(`decisions with a cache against those without, ${runs} random requests`, () => {
  it(
    'are the same',
    property((random) => {
      const policies = Array.from({ length: 20 }, (_, number) => ({ ...randomPolicy(random), name: `p${number}` }));
      const cached = snapshotOf(policies, { cacheEntries: 500 });
      const plain = snapshotOf(policies, { cacheEntries: 0 });
      const referers = Array.from({ length: 40 }, () => randomReferer(random));
      for (let run = 0; run < runs; run++) {
        const policyName = `p${random.integer(0, 19)}`;
        const sent = random.pick(referers);
        const headers = random.chance(0.2) ? { origin: sent } : { referer: sent };
        const asked = request({ policyName, host: random.pick(hosts), headers });
        const of = (snapshot: Snapshot) => ({ ...decide(snapshot, asked), policy: undefined });
        const expected = of(plain);
        const actual = of(cached);
        if (JSON.stringify(actual) === JSON.stringify(expected)) continue;
        expect(actual, JSON.stringify({ ...asked, headers })).to.deep.equal(expected);
      }
      expect(cached.cache?.hits).to.be.at.least(runs / 20);
    }),
  );
});
