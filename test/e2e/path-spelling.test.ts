import { expect } from 'chai';
import { ask, type Question } from '../support/ask.js';
import { fronts, nginx } from '../support/fronts.js';
import { useChain } from './chain.js';

/**
 * Other spellings of /images/logo.png, which an origin that decodes a path once, resolves dot segments and merges
 * slashes would serve. A thief must get none of them.
 */
const spellings: readonly Question[] = [
  { target: '//images/logo.png' },
  { target: '/images//logo.png' },
  { target: '/./images/logo.png' },
  { target: '/images/./logo.png' },
  { target: '/other/../images/logo.png' },
  { target: '/%69mages/logo.png' },
  { target: '/images%2flogo.png' },
  { target: '/images%2Flogo.png' },
  { target: '/other/..%2fimages/logo.png' },
  { target: '/other/%2e%2e/images/logo.png' },
  { target: '/other%2f..%2fimages%2flogo.png' },
  { target: '/%2e/images/logo.png' },
  { target: '/images/logo.png?/about.html' },
  { target: '/images/logo.png', host: 'CDN.Shop.Example' },
  { target: '/images/logo.png', host: 'cdn.shop.example:8443' },
  { target: '/images/logo.png', host: 'cdn.shop.example.' },
  { target: '/images/logo.png', host: 'CDN.SHOP.EXAMPLE.:80' },
  { target: 'http://cdn.shop.example/images/logo.png', host: 'free.example' },
  { target: 'HTTP://CDN.shop.example:80/images/logo.png', host: 'free.example' },
];

/**
 * Spellings that name another file for an origin that decodes once: `%252f` is the text `%2f` in a file's name. They
 * are no way round the policy, since what the origin serves for them is not below /images/.
 */
const otherFiles: readonly string[] = ['/images%252flogo.png', '/other/..%252fimages%252flogo.png'];

const referers = ['https://thief.example/'];

for (const front of fronts) {
  describe(`spelling a path otherwise through ${front.name}`, function () {
    this.timeout(60_000);
    const chain = useChain(front);

    for (const spelling of spellings) {
      it(`never gives a thief ${spelling.target} of ${spelling.host ?? 'the host'}`, async () => {
        const { address } = chain().front;
        let answer = await ask(address, { ...spelling, referers });
        // Envoy sends escaped slashes back as a redirect to the plain spelling: what counts is where that leads.
        if (answer.status === 307)
          answer = await ask(address, {
            target: new URL(answer.values('location')[0] ?? '', 'http://h/').pathname,
            referers,
          });
        expect(answer.status).to.equal(403);
      });
    }

    for (const target of otherFiles) {
      it(`hands ${target} to the origin as it is`, async () => {
        const answer = await ask(chain().front.address, { target, referers });
        expect([answer.status, answer.body]).to.deep.equal([200, `origin ${target}\n`]);
      });
    }

    it('decodes no more than once within the folder of a policy', async () => {
      const answer = await ask(chain().front.address, { target: '/images/..%252fabout.html', referers });
      expect(answer.status).to.equal(403);
    });

    it('judges and serves an absolute-form request by its own host, not by the Host header', async () => {
      const free = { target: 'http://free.example/images/logo.png', host: 'cdn.shop.example', referers };
      const answer = await ask(chain().front.address, free);
      expect(answer.status).to.equal(200);
      expect(chain().origin.received.at(-1)?.host).to.equal('free.example');
    });

    it('does not let a client write the headers that say what is asked for', async () => {
      const headers = {
        'X-Original-URI': '/about.html',
        'X-Original-Host': 'free.example',
        'X-Original-Method': 'OPTIONS',
        'X-Original-URL': '/about.html',
        'X-Forwarded-Host': 'free.example',
        'X-Forwarded-Uri': '/about.html',
        'X-Forwarded-Proto': 'https',
      };
      const answer = await ask(chain().front.address, { target: '/images/logo.png', referers, headers });
      expect(answer.status).to.equal(403);
    });

    if (front === nginx) {
      it('keeps the location of the question to itself', async () => {
        expect((await ask(chain().front.address, { target: '/_refgate' })).status).to.equal(404);
      });
    }
  });
}
