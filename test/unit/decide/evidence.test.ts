import { expect } from 'chai';
import { evidenceOf } from '#refgate/decide/evidence.js';

function evidence(headers: Readonly<Record<string, string | readonly string[]>>) {
  return evidenceOf(new Map(Object.entries(headers).map(([name, value]) => [name, [value].flat()])));
}

describe('evidence of a withheld Referer', () => {
  it('is the Origin as a Referer of the path /', () => {
    const referer = { kind: 'text', text: 'https://a.example/' };
    expect(evidence({ origin: ' https://a.example' })).to.deep.equal({ kind: 'origin', referer });
  });

  it('is an unreadable Origin where there are several, or one is too long', () => {
    const unreadable = { kind: 'origin', referer: { kind: 'unreadable' } };
    expect(evidence({ origin: ['https://a.example', ''] })).to.deep.equal(unreadable);
    expect(evidence({ origin: `https://${'a'.repeat(17_000)}` })).to.deep.equal(unreadable);
  });

  it('is no Origin that is blank or null', () => {
    for (const origin of ['', ' \t', 'null', [], ['', ' ']]) expect(evidence({ origin }).kind).to.equal('none');
    expect(evidence({ origin: 'NULL' }).kind).to.equal('origin');
  });

  it('is what Sec-Fetch-Site says in exactly these words', () => {
    const kindOf = (site: string | readonly string[]) => evidence({ 'sec-fetch-site': site }).kind;
    for (const site of ['same-origin', 'same-site', 'none', ' none\t']) expect(kindOf(site)).to.equal('verified');
    expect(kindOf('cross-site')).to.equal('cross-site');
    for (const site of ['', 'None', 'cross-site,none', 'same origin', 'nonE', ['none', 'none'], []]) {
      expect(kindOf(site), String(site)).to.equal('none');
    }
  });
});
