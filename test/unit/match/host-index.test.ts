import { expect } from 'chai';
import { buildHostIndex } from '#refgate/match/host-index.js';
import type { HostPattern } from '#refgate/model/entry.js';
import { anyHost, COLLIDING, host, nameEntry, network, network6, patterns, wildcard } from './entries.js';

function exactly(name: string): HostPattern[] {
  return patterns(nameEntry(name, true, 'none'));
}

describe('host index', () => {
  for (const seed of [undefined, COLLIDING]) {
    it(`gives every policy that covers a host, ascending${seed ? ', also where all hashes collide' : ''}`, () => {
      const index = buildHostIndex(
        [
          exactly('cdn.example.com'),
          patterns(nameEntry('example.com', false, 'any')),
          undefined,
          patterns(wildcard('c*.example.com'), host('img.example')),
          patterns(nameEntry('com', false, 'one'), nameEntry('example.com', false, 'one')),
          patterns(anyHost, host('elsewhere.example')),
          exactly('cdn.example.com'),
          [],
          patterns(wildcard('cdn.*.*', true), wildcard('*.*.com')),
        ],
        seed,
      );
      const candidates = (name: string): number[] => Array.from(index.candidates(name));
      expect(candidates('cdn.example.com')).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 8]);
      expect(candidates('x.cdn.example.com')).to.deep.equal([1, 2, 5, 8]);
      expect(candidates('img.example.com')).to.deep.equal([1, 2, 4, 5, 8]);
      expect(candidates('example.com')).to.deep.equal([2, 4, 5]);
      expect(candidates('x.img.example')).to.deep.equal([2, 3, 5]);
      expect(candidates('elsewhere.example')).to.deep.equal([2, 5]);
    });
  }

  it('gives the policies for every host to odd hosts and addresses too', () => {
    const index = buildHostIndex([
      undefined,
      patterns(anyHost),
      patterns(wildcard('**')),
      patterns(host('example.com')),
    ]);
    for (const name of ['', '.', 'a..example.com', '.example.com', '192.0.2.1', '[::1]', '[nonsense]']) {
      expect([...index.candidates(name)]).to.deep.equal([0, 1]);
    }
  });

  it('knows addresses as addresses', () => {
    const index = buildHostIndex([
      patterns(network('192.0.2.1')),
      patterns(network6('2001:db8:0:0:0:0:0:1')),
      patterns(network('192.0.2.0/24'), network('192.0.2.1')),
    ]);
    expect([...index.candidates('192.0.2.1')]).to.deep.equal([0, 2]);
    expect([...index.candidates('192.0.2.2')]).to.deep.equal([2]);
    expect([...index.candidates('[2001:db8::1]')]).to.deep.equal([1]);
    expect([...index.candidates('[2001:db8::2]')]).to.deep.equal([]);
  });

  it('gives the same object again instead of a new one', () => {
    const index = buildHostIndex([undefined, exactly('a.example'), patterns(wildcard('a*.example'))]);
    const candidates = index.candidates('a.example');
    expect([...candidates]).to.deep.equal([0, 1, 2]);
    expect(index.candidates('elsewhere.example')).to.equal(candidates);
    expect([...candidates, candidates.at(0), candidates.at(1)]).to.deep.equal([0, 0, undefined]);
  });

  it('unites what many wildcards and names give', () => {
    const policies = Array.from({ length: 50 }, (_, place) =>
      patterns(
        ...(place % 3 === 0 ? [host('b.example')] : []),
        ...(place % 2 === 0 ? [wildcard(`${'*'.repeat(1 + (place % 5))}b.example`)] : []),
      ),
    );
    const index = buildHostIndex(policies);
    for (let again = 0; again < 2; again++) {
      const expected = policies.flatMap((hosts, place) => (hosts.length > 0 ? [place] : []));
      expect([...index.candidates('b.example')]).to.deep.equal(expected);
      expect([...index.candidates('ab.example')]).to.deep.equal(expected.filter((place) => place % 2 === 0));
    }
  });

  it('has no list for each host when 100,000 policies cover every host', () => {
    const policies = Array.from({ length: 100_000 }, () => undefined);
    const index = buildHostIndex([...policies, exactly('a.example')]);
    expect(index.candidates('b.example')).to.have.length(100_000);
    expect(index.candidates('a.example')).to.have.length(100_001);
  });

  it('gives the right list where there are too many to unite them in advance', () => {
    const everyHost = Array.from({ length: 5000 }, () => undefined);
    const named = Array.from({ length: 2000 }, (_, place) => exactly(`${place}.example`));
    const index = buildHostIndex([patterns(nameEntry('example', false, 'any')), ...everyHost, ...named]);
    const expected = (place: number): number[] => [...Array(5001).keys(), 5001 + place];
    for (const place of [0, 1000, 1999])
      expect([...index.candidates(`${place}.example`)]).to.deep.equal(expected(place));
    expect(index.candidates('x.1999.example')).to.have.length(5001);
    expect(index.candidates('elsewhere')).to.have.length(5000);
  });
});
