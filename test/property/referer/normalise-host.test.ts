import { expect } from 'chai';
import { normaliseHost } from '#refgate/referer/normalise-host.js';
import { parseReferer } from '#refgate/referer/parse-referer.js';
import { property } from '../../support/prng.js';
import { randomHost } from '../../support/random-referer.js';

const runs = 20_000;
const reading = { schemes: new Set<string>(), ignoreScheme: false };

describe(`normaliseHost against parseReferer, ${runs} random hosts`, () => {
  it(
    'gives the host of a Referer that names the same authority',
    property((random) => {
      let compared = 0;
      for (let run = 0; run < runs; run++) {
        const authority = randomHost(random) + (random.chance(0.3) ? random.pick([':80', ':8443', ':']) : '');
        // A percent sign stays as sent in a Host header, and is decoded in a URL: RFC 9110 §7.2 knows no other spelling.
        const expected = authority.includes('%') ? undefined : parseReferer(`http://${authority}/`, reading)?.host;
        if (expected === undefined) continue;
        expect(normaliseHost(authority), JSON.stringify(authority)).to.equal(expected);
        compared++;
      }
      expect(compared).to.be.at.least(runs / 3);
    }),
  );
});
