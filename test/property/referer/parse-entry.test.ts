import { expect } from 'chai';
import { parseEntry } from '#refgate/referer/parse-entry.js';
import { parseReferer } from '#refgate/referer/parse-referer.js';
import { isPlainName } from '#refgate/referer/plain-name.js';
import { property } from '../../support/prng.js';
import { randomHost, randomReferer } from '../../support/random-referer.js';

const runs = 20_000;
const reading = { schemes: new Set<string>(), ignoreScheme: false };
const characters = [
  'a',
  'Z',
  '/',
  '?',
  '=',
  '&',
  '%',
  '%20',
  '"',
  '<',
  '>',
  '`',
  '{',
  '}',
  '|',
  '^',
  "'",
  '[',
  ']',
  ':',
  '@',
  '~',
  'ä',
  '💩',
  '\ud800',
  ',',
] as const;

const labels = [
  'a',
  'www',
  'a-b',
  '_dmarc',
  '-',
  '1a',
  'a1',
  '1',
  '0x1',
  'xn--a',
  'xn--bcher-kva',
  'axn--',
  'B',
] as const;

describe(`parseEntry against parseReferer, ${runs} random texts each`, () => {
  it(
    'gives a host without wildcards the form that it has in a Referer',
    property((random) => {
      let names = 0;
      let networks = 0;
      for (let run = 0; run < runs; run++) {
        const text = randomHost(random);
        const entry = parseEntry(text, { exact: true });
        if ('problem' in entry || text.includes('*') || text.startsWith('.') || text === '::1') continue;
        const host = parseReferer(`http://${text}/`, reading)?.host;
        const message = JSON.stringify(text);
        if (entry.host.kind === 'name') expect(entry.host.name, message).to.equal(host);
        else expect(parseEntry(host ?? '', { exact: true }), message).to.have.deep.property('host', entry.host);
        if (entry.host.kind === 'name') names++;
        else networks++;
      }
      expect(names).to.be.at.least(2000);
      expect(networks).to.be.at.least(1000);
    }),
  );

  it(
    'reads a name of the usual form as it reads one that takes all steps',
    property((random) => {
      let names = 0;
      for (let run = 0; run < runs; run++) {
        const name = random.list(1, 4, () => random.pick(labels)).join('.');
        const exact = random.chance(0.5);
        const entry = parseEntry(name, { exact });
        // A dot at the end says nothing, and is not of the usual form.
        const whole = parseEntry(`${name}.`, { exact });
        expect(entry, name).to.deep.equal('problem' in whole ? whole : { ...whole, written: name });
        if (isPlainName(name)) names++;
      }
      expect(names).to.be.within(2000, runs - 2000);
    }),
  );

  it(
    'escapes a path prefix as the path of a Referer is escaped',
    property((random) => {
      for (let run = 0; run < runs; run++) {
        const path = `/a${Array.from({ length: random.integer(0, 5) }, () => random.pick(characters)).join('')}`;
        const message = JSON.stringify(path);
        // As a prefix, `/a?` asks for a query; as a URL's end, WHATWG URL leaves the empty query out.
        if (path.indexOf('?') === path.length - 1) continue;
        const entry = parseEntry(`shop.example${path}`, { exact: true });
        expect(entry, message).to.have.property('path', parseReferer(`http://shop.example${path}`, reading)?.path);
      }
    }),
  );

  it(
    'gives an entry or a problem for every text, and throws for none',
    property((random) => {
      let problems = 0;
      for (let run = 0; run < runs; run++) {
        const entry = parseEntry(randomReferer(random), { exact: random.chance(0.5) });
        if (!('problem' in entry)) continue;
        problems++;
        expect(entry.problem).to.match(/^\S.*[^.]$/s);
      }
      expect(problems).to.be.within(runs / 20, (runs * 19) / 20);
    }),
  );
});
