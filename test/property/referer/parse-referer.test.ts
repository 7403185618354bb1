import { expect } from 'chai';
import type { RefererReading } from '#refgate/referer/parse-referer.js';
import { parseReferer } from '#refgate/referer/parse-referer.js';
import { property } from '../../support/prng.js';
import { randomReferer } from '../../support/random-referer.js';

const runs = 100_000;

interface Reading {
  scheme: string;
  host: string;
  port: number | undefined;
  path: string;
}

const defaultPorts: Record<string, number> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21 };

/** The slow and obvious way: `new URL` over the text as it came, then what the rule language says about the result. */
function byNewUrl(text: string, { schemes, ignoreScheme }: RefererReading): Reading | undefined {
  const seen = text.replace(/^[\0- ]+|[\0- ]+$/g, '').replace(/[\t\n\r]/g, '');
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(seen);
  if (!hasScheme && !ignoreScheme) return undefined;
  const url = newUrl(hasScheme ? text : `http://${seen}`);
  if (url === undefined) return undefined;
  const scheme = url.protocol.replace(':', '');
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (host === '' || !['http', 'https', ...schemes].includes(scheme)) return undefined;
  const port = url.port === '' ? defaultPorts[scheme] : Number.parseInt(url.port, 10);
  return { scheme, host, port, path: url.pathname + url.search };
}

function newUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function byParseReferer(text: string, reading: RefererReading): Reading | undefined {
  const referer = parseReferer(text, reading);
  return referer && { scheme: referer.scheme, host: referer.host, port: referer.port, path: referer.path };
}

/** What a run must have met often, or the agreement would mean little. */
const kinds: Record<string, { atLeast: number; is: (read: Reading | undefined, text: string) => boolean }> = {
  readable: { atLeast: 20_000, is: (read) => read !== undefined },
  unreadable: { atLeast: 20_000, is: (read) => read === undefined },
  punycode: { atLeast: 2000, is: (read) => read?.host.includes('xn--') === true },
  ipv4: { atLeast: 1000, is: (read) => /^[\d.]+$/.test(read?.host ?? '') },
  ipv6: { atLeast: 500, is: (read) => read?.host.startsWith('[') === true },
  otherScheme: { atLeast: 1000, is: (read) => read !== undefined && !read.scheme.startsWith('http') },
  withoutScheme: { atLeast: 500, is: (read, text) => read !== undefined && !text.includes('://') },
};

describe(`parseReferer against new URL, ${runs} random Referers`, () => {
  it(
    'reads the same and refuses the same',
    property((random) => {
      const seen = new Map<string, number>();
      for (let run = 0; run < runs; run++) {
        const text = randomReferer(random);
        const schemes = new Set(random.chance(0.5) ? [] : ['android-app', 'foo+1.x', 'ws', 'file']);
        const reading = { schemes, ignoreScheme: random.chance(0.3) };
        const expected = byNewUrl(text, reading);
        const actual = byParseReferer(text, reading);
        // chai's own comparison would take most of the run's time.
        if (JSON.stringify(actual) !== JSON.stringify(expected)) {
          const message = `${JSON.stringify(text)}, ignoreScheme ${reading.ignoreScheme}`;
          expect(actual, message).to.deep.equal(expected);
        }
        for (const [kind, { is }] of Object.entries(kinds)) {
          if (is(expected, text)) seen.set(kind, (seen.get(kind) ?? 0) + 1);
        }
      }
      for (const [kind, { atLeast }] of Object.entries(kinds)) {
        expect(seen.get(kind) ?? 0, `${kind}`).to.be.at.least(atLeast);
      }
    }),
  );
});
