import { expect } from 'chai';
import { exchange } from '../support/http-exchange.js';
import { callUnder, contracts, type Described, type RunningShim, startShim } from '../support/http-shim.js';

const images = (more: Partial<Described> = {}): Described => ({
  host: 'images.example',
  target: '/images/a.jpg?x=1',
  ...more,
});
const good = ['Referer', 'http://www.good.example/page'];
const evil = ['Referer', 'http://evil.example/'];

for (const contract of contracts) {
  describe(`/authz/${contract}`, () => {
    let shim: RunningShim;
    beforeEach(async () => {
      shim = await startShim();
    });
    afterEach(() => shim.listener.drain(0));
    const ask = (described: Described) => exchange(shim.address, callUnder(contract, described));

    it('hands over the request as the proxy described it', async () => {
      const headers = [...good, 'User-Agent', 'curl/8', 'Cookie', 'secret=1'];
      await ask(images({ method: 'POST', scheme: 'HTTPS', headers }));
      const { headers: handed, ...request } = shim.authorizer.request;
      expect(request).to.deep.equal({
        method: 'POST',
        scheme: 'https',
        host: 'images.example',
        target: '/images/a.jpg?x=1',
        clientIp: '',
        policyName: undefined,
      });
      expect([...handed]).to.have.deep.members([
        ['referer', ['http://www.good.example/page']],
        ['user-agent', ['curl/8']],
      ]);
    });

    it('allows with exactly 200, no body, and the vary of the policy', async () => {
      const answer = await ask(images({ headers: good }));
      expect(answer).to.include({ status: 200, body: '' });
      expect(answer.headers).to.include({
        'cache-control': 'no-store',
        vary: 'referer, user-agent',
        'content-length': '0',
      });
    });

    it('denies with 403, body and headers of the policy', async () => {
      const answer = await ask(images({ headers: evil }));
      expect(answer).to.include({ status: 403, body: 'Hotlinking is not allowed\n' });
      expect(answer.headers).to.include({
        'cache-control': 'no-store',
        vary: 'referer, user-agent',
        'content-type': 'text/plain',
      });
      expect(answer.headers).not.to.have.property('location');
    });

    it('sends the target of a redirect in location', async () => {
      const answer = await ask(images({ host: 'redirect.example', headers: evil }));
      expect(answer.status).to.equal(contract === 'nginx' ? 403 : 302);
      expect(answer.headers['location']).to.equal('https://shop.example/hotlink.png');
    });

    it('answers another status as the proxy can take it, and text beyond Latin-1 as UTF-8', async () => {
      const answer = await ask(images({ host: 'teapot.example', headers: evil }));
      expect(answer.status).to.equal(contract === 'nginx' ? 403 : 418);
      expect(answer.body).to.equal('Kännchen\n');
      expect(answer.headers['cache-control']).to.equal('private');
      expect(Buffer.from(String(answer.headers['x-note']), 'latin1').toString()).to.equal('Grüße, 世界');
    });

    it('lets a deny in shadow mode pass, and still says vary', async () => {
      const answer = await ask(images({ host: 'shadow.example', headers: evil }));
      expect(answer.status).to.equal(200);
      expect(answer.headers['vary']).to.equal('referer, user-agent');
      expect(shim.authorizer.observed[0]?.decision.action).to.equal('deny');
    });

    it('answers by the default action where no policy covers the request', async () => {
      const allowed = await ask(images({ host: 'other.example' }));
      expect(allowed.status).to.equal(200);
      expect(allowed.headers).not.to.have.property('vary');
      shim.authorizer.defaultAction = 'deny';
      const denied = await ask(images({ host: 'other.example' }));
      expect(denied).to.include({ status: 403, body: 'Forbidden\n' });
      expect(denied.headers).to.include({
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        vary: 'referer',
      });
    });

    it('hands over two Referers as two values, in order', async () => {
      const answer = await ask(images({ headers: [...good, ...evil] }));
      expect(answer.status).to.equal(403);
      expect(shim.authorizer.request.headers.get('referer')).to.deep.equal([good[1], evil[1]]);
    });

    it('tells a blank Referer from an absent one', async () => {
      await ask(images({ headers: ['Referer', ' \t '] }));
      await ask(images());
      const [blank, absent] = shim.authorizer.requests;
      expect(blank?.headers.get('referer')).to.deep.equal(['']);
      expect(absent?.headers.has('referer')).to.equal(false);
    });

    it('reads header bytes as UTF-8, and U+FFFD for what is none', async () => {
      const utf8 = Buffer.from('http://gööd.example/世').toString('latin1');
      // Node reads no such byte in a request line, so a call of Envoy's would be refused as a whole.
      const target = contract === 'envoy' ? '/b%C3%BC' : '/b%C3%BC\xfc';
      await ask(images({ target, headers: ['Referer', utf8, 'User-Agent', 'a\xff'] }));
      const { headers, target: handed } = shim.authorizer.request;
      expect(headers.get('referer')).to.deep.equal(['http://gööd.example/世']);
      expect(headers.get('user-agent')).to.deep.equal(['a\ufffd']);
      expect(handed).to.equal(target.replace('\xfc', '\ufffd'));
    });

    it('takes a call of any method and drops its body', async () => {
      const call = callUnder(contract, images({ headers: good }));
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND']) {
        const answer = await exchange(shim.address, { ...call, method, body: 'some body' });
        expect(answer.status, method).to.equal(200);
      }
    });

    it('answers HEAD without a body', async () => {
      const call = callUnder(contract, images({ headers: evil }));
      expect(await exchange(shim.address, { ...call, method: 'HEAD' })).to.include({ status: 403, body: '' });
    });

    it('answers 500 to a fault of our own, and tells it', async () => {
      const answer = await ask(images({ headers: ['Referer', 'broken'] }));
      expect(answer).to.include({ status: 500, body: '' });
      expect(answer.headers['cache-control']).to.equal('no-store');
      expect(shim.authorizer.errors).to.have.length(1);
    });

    it('answers 500 rather than end where a header cannot be written', async () => {
      expect(await ask(images({ host: 'unwritable.example' }))).to.include({ status: 500 });
      expect(shim.authorizer.errors).to.have.length(1);
      expect(await ask(images({ headers: good }))).to.include({ status: 200 });
    });

    it('frames its answers itself, whatever headers a policy sets', async () => {
      const answer = await ask(images({ host: 'framing.example' }));
      expect(answer).to.include({ status: 403, body: 'Hotlinking is not allowed\n' });
      expect(answer.headers).to.include({ 'content-length': '26' });
      expect(answer.headers).not.to.have.any.keys('transfer-encoding', 'connection');
    });

    it('counts each decision once, under its name', async () => {
      await ask(images({ headers: good }));
      expect(shim.authorizer.observed.map(({ adapter }) => adapter)).to.deep.equal([contract]);
      expect(shim.authorizer.observed[0]?.seconds).to.be.within(0, 10);
      expect(shim.authorizer.badRequests).to.deep.equal([]);
    });

    it('takes an absolute-form target and one that begins with two slashes as they are', async () => {
      if (contract !== 'envoy') await ask(images({ target: 'http://other.example/a.jpg', headers: good }));
      await ask(images({ target: '//images/%2e%2e/a.jpg', headers: good }));
      expect(shim.authorizer.requests.at(-1)?.target).to.equal('//images/%2e%2e/a.jpg');
      expect(shim.authorizer.badRequests).to.deep.equal([]);
    });

    it('tells policy and reason to the client only with debug headers', async () => {
      const explanation = { 'x-refgate-policy': 'images', 'x-refgate-reason': 'not_in_allow_list' };
      const before = await ask(images({ headers: evil }));
      if (contract === 'nginx') expect(before.headers).to.include(explanation);
      else expect(before.headers).not.to.have.any.keys('x-refgate-policy', 'x-refgate-reason', 'x-refgate-status');
      shim.authorizer.debugHeaders = true;
      expect((await ask(images({ headers: evil }))).headers).to.include(explanation);
      expect((await ask(images({ headers: good }))).headers).to.include({ 'x-refgate-reason': 'allow_list' });
    });
  });
}

describe('/authz/nginx, whose headers only nginx sees', () => {
  let shim: RunningShim;
  before(async () => {
    shim = await startShim();
  });
  after(() => shim.listener.drain(0));
  const ask = (described: Described) => exchange(shim.address, callUnder('nginx', described));

  it('tells the true status of a deny', async () => {
    const statusOf = async (host: string) => (await ask(images({ host }))).headers['x-refgate-status'];
    expect(await statusOf('images.example')).to.equal('403');
    expect(await statusOf('redirect.example')).to.equal('302');
    expect(await statusOf('teapot.example')).to.equal('418');
  });

  it('tells policy and reason of an allow too, and empty ones without a policy', async () => {
    const allowed = await ask(images({ headers: good }));
    expect(allowed.headers).to.include({ 'x-refgate-policy': 'images', 'x-refgate-reason': 'allow_list' });
    const uncovered = await ask(images({ host: 'other.example' }));
    expect(uncovered.headers).to.include({ 'x-refgate-policy': '', 'x-refgate-reason': 'no_policy' });
  });
});
