import { expect } from 'chai';
import { type Answer, ask, type Question } from '../support/ask.js';
import { envoyGrpc, envoyHttp, fronts, nginxFailOpen } from '../support/fronts.js';
import { useChain } from './chain.js';

const image = '/images/logo.png';
const video = '/videos/tour.mp4';
const thief = 'https://thief.example/page';

for (const front of [...fronts, nginxFailOpen]) {
  describe(`enforcement by ${front.name}`, function () {
    this.timeout(60_000);
    const chain = useChain(front);
    const answerTo = (question: Question): Promise<Answer> => ask(chain().front.address, question);

    it('lets the shop, its partners and those without a Referer see an image', async () => {
      const referers = ['https://www.shop.example/cart', 'http://partner.example/', 'https://a.affiliates.example/x'];
      for (const allowed of [...referers.map((referer) => [referer]), []]) {
        const answer = await answerTo({ target: image, referers: allowed });
        expect([answer.status, answer.body], String(allowed)).to.deep.equal([200, `origin ${image}\n`]);
      }
    });

    it("keeps the origin's Vary on an allow and adds the Referer to it", async () => {
      const answer = await answerTo({ target: image, referers: ['https://shop.example/'] });
      expect(answer.values('vary')).to.have.members(['accept-encoding', 'referer']);
    });

    it('does not vary by the Referer where no policy reads it', async () => {
      const answer = await answerTo({ target: '/about.html', referers: [thief] });
      expect([answer.status, answer.values('vary')]).to.deep.equal([200, ['accept-encoding']]);
    });

    it('denies an image to a thief with 403, uncacheable, without asking the origin', async () => {
      const before = chain().origin.received.length;
      const answer = await answerTo({ target: image, referers: [thief] });
      expect(answer.status).to.equal(403);
      expect(answer.values('cache-control')).to.deep.equal(['no-store']);
      expect(answer.values('vary')).to.deep.equal(['referer']);
      expect(chain().origin.received.length).to.equal(before);
    });

    it("gives the policy's body on a deny, and nginx its own", async () => {
      const answer = await answerTo({ target: '/images/logo.jpg', referers: [thief] });
      const own = 'Hotlinking is not allowed.\n';
      const ofPolicy = 'Hotlinking is not allowed. Ask images@shop.example to become a partner.\n';
      expect(answer.body).to.equal(front === envoyGrpc || front === envoyHttp ? ofPolicy : own);
      expect(answer.values('content-type')[0]).to.match(/^text\/plain\b/);
    });

    it('denies a host that only looks like the shop', async () => {
      for (const host of ['shop.example.thief.example', 'evilshop.example', 'thief.example/?shop.example']) {
        expect((await answerTo({ target: image, referers: [`https://${host}/`] })).status, host).to.equal(403);
      }
    });

    it('redirects a thief of a video with 302 and Location, uncacheable', async () => {
      const answer = await answerTo({ target: video, referers: [thief] });
      expect(answer.status).to.equal(302);
      expect(answer.values('location')).to.deep.equal(['https://shop.example/hotlink.png']);
      expect(answer.values('cache-control')).to.deep.equal(['no-store']);
      expect(answer.values('vary')).to.deep.equal(['referer']);
    });

    it('answers other methods by the same rules', async () => {
      const head = await answerTo({ target: image, method: 'HEAD', referers: [thief] });
      expect([head.status, head.body]).to.deep.equal([403, '']);
      expect((await answerTo({ target: image, method: 'POST', referers: [thief] })).status).to.equal(403);
      expect((await answerTo({ target: video, method: 'OPTIONS', referers: [thief] })).status).to.equal(200);
    });

    it('lets a policy in shadow mode pass what it denies', async () => {
      const question = { target: '/driver.zip', host: 'downloads.shop.example', referers: ['https://leech.example/'] };
      const answer = await answerTo(question);
      expect([answer.status, answer.values('vary')]).to.deep.equal([200, ['accept-encoding', 'referer']]);
    });
  });
}
