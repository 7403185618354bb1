import { isIP } from 'node:net';
import { expect } from 'chai';
import { buildAddressSet } from '#refgate/match/address-set.js';
import { networkHolds } from '../../support/oracle-addresses.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { randomAddress, randomNetwork } from './random-entries.js';
import { Verdicts } from './verdicts.js';

const EVERYTHING = [
  { kind: 'network', address: new Uint8Array(4), prefix: 0 },
  { kind: 'network', address: new Uint8Array(16), prefix: 0 },
] as const;

describe('address set against the oracle', () => {
  it(
    'holds the same addresses, for 40,000 pairs of set and address',
    property((random) => {
      const verdicts = new Verdicts();
      for (let pair = 0; pair < 40_000; pair += 20) checkSet(random, verdicts);
      verdicts.expectBothOften(['IPv4', 'IPv6']);
    }),
  ).timeout(PATIENCE);

  it(
    'reads the same texts as addresses as Node does, for 40,000 texts',
    property((random) => {
      const set = buildAddressSet(EVERYTHING);
      const verdicts = new Verdicts();
      for (let text = 0; text < 40_000; text++) {
        const candidate = mangled(random, validAddress(random));
        const expected = isIP(candidate) !== 0;
        expect(set.has(candidate), candidate).to.equal(expected);
        expect(set.has(`${candidate}%eth0`), candidate).to.equal(isIP(candidate) === 6);
        verdicts.count('texts', expected);
      }
      verdicts.expectBothOften(['texts']);
    }),
  ).timeout(PATIENCE);
});

function checkSet(random: Prng, verdicts: Verdicts): void {
  const networks = random.list(0, random.pick([2, 20]), () => randomNetwork(random));
  const set = buildAddressSet(networks);
  for (let address = 0; address < 20; address++) {
    const text = randomAddress(random).replaceAll(/[[\]]/g, '');
    const expected = networks.some((network) => networkHolds(network, text));
    if (set.has(text) !== expected) expect.fail(`wrong for ${JSON.stringify({ text, networks })}`);
    verdicts.count(text.includes(':') ? 'IPv6' : 'IPv4', expected);
  }
}

function validAddress(random: Prng): string {
  const groups = random.list(8, 8, () => random.pick(['0', '1', '0db8', 'ffff', 'A0']));
  const from = random.integer(0, 7);
  const gap = [...groups.slice(0, from), '', ...groups.slice(random.integer(from + 1, 8))].join(':');
  return random.pick(['192.0.2.1', '255.0.10.99', groups.join(':'), gap, `${gap}:`, `:${gap}`, `::ffff:1.2.3.4`]);
}

/** The text with none, one or two of its characters changed. */
function mangled(random: Prng, text: string): string {
  let result = text;
  for (let change = random.integer(0, 2); change > 0; change--) {
    const at = random.integer(0, result.length);
    const put = random.pick(['', ':', '.', '0', '1', '9', 'f', 'g', '::', '1.2.3.4']);
    result = result.slice(0, at) + put + result.slice(at + random.integer(0, 1));
  }
  return result;
}
