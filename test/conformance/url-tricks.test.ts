import { expect } from 'chai';
import { parseReferer } from '#refgate/referer/parse-referer.js';
import { readVectorFile } from './vectors.js';

interface Trick {
  title?: string;
  referer: string;
  schemes?: string[];
  ignoreScheme?: boolean;
  /** `null`: unreadable; `unicode`: whatever the running Node says. */
  host: string | null;
  /** `null`: none. */
  port?: number | null;
  path?: string;
  stricter?: boolean;
}

/** Host by the running Node's `URL`, one trailing dot and the case of unknown schemes apart. */
function hostByNode({ referer, ignoreScheme = false }: Trick): string | null {
  const text = ignoreScheme && !/^[a-z+.-]+:\/\//i.test(referer) ? `http://${referer}` : referer;
  return URL.parse(text)?.hostname.toLowerCase().replace(/\.$/, '') || null;
}

function check(trick: Trick): void {
  const { referer, schemes = [], ignoreScheme = false } = trick;
  const read = parseReferer(referer, { schemes: new Set(schemes), ignoreScheme });
  const byNode = hostByNode(trick);
  if (!trick.stricter) expect(read?.host ?? null, 'against new URL').to.equal(byNode);
  if (trick.host !== 'unicode') expect(read?.host ?? null).to.equal(trick.host);
  if (trick.port !== undefined) expect(read?.port ?? null).to.equal(trick.port);
  if (trick.path !== undefined) expect(read?.path).to.equal(trick.path);
}

describe('URL tricks agree with WHATWG URL', () => {
  for (const { title, source, cases } of readVectorFile<{ title: string; source: string; cases: Trick[] }[]>(
    'url-tricks',
  )) {
    describe(`${title} [${source}]`, () => {
      for (const trick of cases) {
        it(`${JSON.stringify(trick.referer)}${trick.title ? ` (${trick.title})` : ''}: ${trick.host ?? 'unreadable'}`, () => {
          check(trick);
        });
      }
    });
  }
});
