import { expect } from 'chai';
import { type Answer, exchange, exchangeBytes } from '../support/http-exchange.js';
import { type ManagedRefgate, passes, startManaged } from '../support/managed-refgate.js';
import { askRest, openApiCheck, type RestAnswer, type RestQuestion } from '../support/rest-service.js';
import { RulesDir } from '../support/rules-dir.js';

const settings = `
requestsPerSecond: 0
tokens:
  - { name: ci, secret: tk-ci, role: editor }
  - { name: eye, secret: tk-eye, role: viewer }
`;

describe('a service that is managed by REST', () => {
  let dir: RulesDir;
  let refgate: ManagedRefgate;
  const start = async (text = settings) => {
    dir = new RulesDir({ 'rules.yaml': 'policies: []\n' });
    refgate = await startManaged(dir, text);
  };
  afterEach(async () => {
    expect(await refgate.process.stop()).to.equal(0);
    dir.dispose();
  });
  const ask = (method: string, path: string, question: RestQuestion = {}): Promise<RestAnswer> =>
    askRest(refgate.manage, method, path, question);

  it('decides by a change from its answer on', async () => {
    await start();
    const path = '/v1/policies/shop';
    for (let round = 0; round < 20; round++) {
      const allow = [`r${round}.example`];
      const body = { match: { hosts: ['img.shop.example'] }, referer: { allow } };
      await ask('PUT', path, { headers: round === 0 ? {} : { 'if-match': '*' }, body });
      expect(await passes(refgate, 'img.shop.example', `https://r${round}.example/`)).to.equal(true);
      expect(await passes(refgate, 'img.shop.example', `https://r${round - 1}.example/`)).to.equal(false);
    }
    expect((await ask('DELETE', path, { headers: { 'if-match': '*' } })).status).to.equal(204);
    expect(await passes(refgate, 'img.shop.example', 'https://thief.example/')).to.equal(true);
  });

  it('keeps what it acknowledged over a kill, under the same tag', async () => {
    await start();
    const { headers } = await ask('PUT', '/v1/policies/shop', { body: { description: 'ä\n#', referer: {} } });
    await refgate.process.stop('SIGKILL');
    refgate = await startManaged(dir, settings);
    expect((await ask('GET', '/v1/policies/shop')).headers['etag']).to.equal(headers['etag']);
  });

  it('sees what somebody writes by hand meanwhile', async () => {
    await start();
    const { headers } = await ask('PUT', '/v1/policies/shop', { body: { referer: {} } });
    dir.write('managed/shop.yaml', 'policies:\n  - name: shop\n    mode: shadow\n    referer: {}\n');
    const question = { headers: { 'if-match': headers['etag'] ?? '' }, body: { description: 'x' } };
    expect((await ask('PATCH', '/v1/policies/shop', question)).status).to.equal(412);
    dir.write('other.yaml', 'policies:\n  - name: other\n    referer: {}\n');
    expect((await ask('PUT', '/v1/policies/other', { body: { referer: {} } })).status).to.equal(409);
  });

  it('limits each token', async () => {
    await start(`requestsPerSecond: 2\n${settings.replace('requestsPerSecond: 0', '')}`);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('GET', '/v1/policies')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).to.be.greaterThan(0);
    for (const { headers } of refused) expect(headers['retry-after']).to.match(/^\d+$/);
    expect((await ask('GET', '/v1/policies', { token: 'tk-eye' })).status).to.equal(200);
  });

  it('limits guesses, and keeps tokens out of the log', async () => {
    await start();
    const guess = (at: number) => ask('GET', '/v1/policies', { token: `guess-${at}` });
    // More at once than an address has in store, so that no time passes in which it is filled up again.
    const answers = await Promise.all(Array.from({ length: 400 }, (_, at) => guess(at)));
    expect([...new Set(answers.map(({ status }) => status))]).to.have.members([401, 429]);
    await ask('PUT', '/v1/policies/shop', { body: { referer: {} } });
    await ask('PUT', '/v1/policies/shop', { token: 'tk-eye', body: { referer: {} } });
    const audit = (line: string) => (line.includes('"result":"refused"') ? line : undefined);
    expect(await refgate.process.waitFor(audit))
      .to.contain('"actor":"eye"')
      .and.to.contain('"code":"viewer"');
    const log = refgate.process.lines.join('\n');
    expect(log).to.contain('"event":"audit"').and.to.contain('"actor":"ci"').and.to.contain('"action":"PutPolicy"');
    expect(log).not.to.match(/tk-|guess-/);
  });

  it('answers a body that is too large, however much of it is sent', async () => {
    await start();
    for (const mebibytes of [2, 12]) {
      const body = Buffer.alloc(mebibytes * 1024 * 1024, 0x20);
      const headers = ['authorization', 'Bearer tk-ci', 'content-type', 'application/json'];
      const answer: Answer = await exchange(refgate.manage, {
        method: 'PUT',
        path: '/v1/policies/shop',
        headers,
        body,
      });
      expect(answer.status).to.equal(413);
    }
  });

  it('takes an address in place of a path, as a server must', async () => {
    await start();
    const request =
      'GET http://refgate.example/v1/policies HTTP/1.1\r\nhost: refgate.example\r\nauthorization: Bearer tk-eye\r\nconnection: close\r\n\r\n';
    expect(await exchangeBytes(refgate.manage, request)).to.match(/^HTTP\/1\.1 200 /);
  });

  it('knows nobody by two Authorization headers', async () => {
    await start();
    const request =
      'GET /v1/policies HTTP/1.1\r\nhost: x\r\nauthorization: Bearer tk-ci\r\nauthorization: Bearer x\r\nconnection: close\r\n\r\n';
    expect(await exchangeBytes(refgate.manage, request)).to.match(/^HTTP\/1\.1 401 /);
  });

  it('answers what its own description says', async () => {
    await start();
    const { body } = await ask('GET', '/v1/openapi.json');
    expect(openApiCheck.isOf(JSON.parse(body))).to.equal(true);
  });
});
