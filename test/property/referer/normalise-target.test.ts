import { expect } from 'chai';
import { normaliseTarget } from '#refgate/referer/normalise-target.js';
import { property } from '../../support/prng.js';

const runs = 50_000;
const pieces = [
  '/',
  '/',
  '/',
  '//',
  '.',
  '..',
  '/.',
  '/..',
  '%2e',
  '%2F',
  '%252f',
  '%',
  '%4',
  '%zz',
  '%c3%a4',
  '%ff',
  '%e2%82',
  '%25',
  'ä',
  'a',
  'b.png',
  '...',
  ';',
  '\\',
  '%00',
  '%3f',
  '?',
  '#',
  '?x=%2f',
  'http://h',
  '*',
] as const;

/** Rewrites texts by small rules until nothing changes; no segments, no fast path, one byte at a time. */
function obvious(target: string): { path: string; query: string | undefined } {
  const sent = target.split('#', 1)[0] ?? '';
  const mark = sent.indexOf('?');
  const path = mark < 0 ? sent : sent.slice(0, mark);
  const query = mark < 0 ? undefined : sent.slice(mark + 1);
  return { path: path === '*' ? path : resolved(decoded(path)), query };
}

function decoded(path: string): string {
  const bytes: number[] = [];
  for (let rest = path; rest !== ''; ) {
    const escaped = /^%([0-9a-fA-F]{2})/.exec(rest);
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if (escaped) bytes.push(Number.parseInt(escaped[1] ?? '', 16));
    else bytes.push(...Buffer.from(character));
    rest = rest.slice(escaped ? 3 : character.length);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

function resolved(path: string): string {
  let now = `/${path}`;
  for (let before = ''; before !== now; ) {
    before = now;
    now = now.replace(/\/\/+/, '/');
    if (now !== before) continue;
    now = now.replace(/\/\.(\/|$)/, '/');
    if (now !== before) continue;
    now = now.replace(/^\/\.\.(\/|$)/, '/');
    if (now !== before) continue;
    now = now.replace(/\/[^/]+\/\.\.(\/|$)/, '/');
  }
  return now;
}

describe(`normaliseTarget against rewriting rules, ${runs} random targets`, () => {
  it(
    'gives the same path and query',
    property((random) => {
      const seen = { changed: 0, unchanged: 0, climbing: 0 };
      for (let run = 0; run < runs; run++) {
        const target = `/${Array.from({ length: random.integer(0, 7) }, () => random.pick(pieces)).join('')}`;
        const { path, query } = normaliseTarget(target);
        const expected = obvious(target);
        if (path !== expected.path || query !== expected.query) {
          expect({ path, query }, JSON.stringify(target)).to.deep.equal(expected);
        }
        seen[target.startsWith(path) ? 'unchanged' : 'changed']++;
        if (/\.\.(\/|$)/.test(target)) seen.climbing++;
      }
      for (const count of Object.values(seen)) expect(count, JSON.stringify(seen)).to.be.at.least(2000);
    }),
  );
});
