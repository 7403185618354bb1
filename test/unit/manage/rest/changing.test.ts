import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { expect } from 'chai';
import { SHOP, useRest } from '../../../support/rest-service.js';

describe('the REST API', () => {
  const rest = useRest();
  const { ask, etagOf } = rest;

  describe('makes', () => {
    it('a new policy, in force and durable when it is answered', async () => {
      const referer = { allow: ['new.example'], exact: true };
      const { status, headers, json } = await ask('PUT', '/v1/policies/new', { body: { referer } });
      expect(status).to.equal(201);
      expect(json).to.deep.equal({ name: 'new', referer });
      expect(headers['location']).to.equal('/v1/policies/new');
      expect(headers['x-refgate-generation']).to.equal('2');
      expect(rest.service.rules.store.current?.byName.has('new')).to.equal(true);
      expect(readFileSync(rest.dir.at('managed/new.yaml'), 'utf8')).to.contain('name: new');
      const read = await ask('GET', headers['location'] ?? '');
      expect([read.headers['etag'], read.json]).to.deep.equal([headers['etag'], json]);
    });

    it('a policy only if there is none, with If-None-Match', async () => {
      const only = { headers: { 'if-none-match': '*' }, body: { referer: {} } };
      expect((await ask('PUT', '/v1/policies/new', only)).status).to.equal(201);
      expect((await ask('PUT', '/v1/policies/new', only)).status).to.equal(412);
      expect((await ask('PUT', '/v1/policies/shop', only)).status).to.equal(412);
    });

    it('none where If-Match asks for one', async () => {
      for (const match of ['*', '"x"']) {
        const { status } = await ask('PUT', '/v1/policies/new', {
          headers: { 'if-match': match },
          body: { referer: {} },
        });
        expect(status).to.equal(412);
      }
      expect(existsSync(rest.dir.at('managed/new.yaml'))).to.equal(false);
    });
  });

  describe('changes', () => {
    it('a policy whole, and keeps its comments', async () => {
      const body = { ...SHOP, referer: { deny: ['thief.example'] }, mode: 'shadow' };
      const changed = await ask('PUT', '/v1/policies/shop', { headers: { 'if-match': await etagOf('shop') }, body });
      expect([changed.status, changed.json]).to.deep.equal([200, JSON.parse(JSON.stringify(body))]);
      expect(changed.headers['x-refgate-generation']).to.equal('2');
      expect(await etagOf('shop')).to.equal(changed.headers['etag']);
      expect(readFileSync(rest.dir.at('managed/shop.yaml'), 'utf8')).to.contain('# of the shop');
    });

    it('nothing by what is there already, at the current generation', async () => {
      const etag = await etagOf('shop');
      const same = await ask('PUT', '/v1/policies/shop', { headers: { 'if-match': etag }, body: SHOP });
      expect([same.status, same.headers['etag'], same.headers['x-refgate-generation']]).to.deep.equal([200, etag, '1']);
    });

    for (const type of ['application/merge-patch+json', 'application/json; charset=utf-8', 'Application/JSON']) {
      it(`parts of a policy by ${type}`, async () => {
        const { status, json } = await ask('PATCH', '/v1/policies/shop', {
          headers: { 'if-match': await etagOf('shop'), 'content-type': type },
          body: { description: 'of the shop', match: null, referer: { empty: 'allow' } },
        });
        expect(status).to.equal(200);
        expect(json).to.deep.equal({
          name: 'shop',
          description: 'of the shop',
          referer: { allow: ['shop.example'], empty: 'allow' },
        });
      });
    }

    it('away', async () => {
      const { status, body, headers } = await ask('DELETE', '/v1/policies/shop', {
        headers: { 'if-match': await etagOf('shop') },
      });
      expect([status, body, headers['x-refgate-generation']]).to.deep.equal([204, '', '2']);
      expect((await ask('GET', '/v1/policies/shop')).status).to.equal(404);
      expect(readdirSync(rest.dir.at('managed'))).to.deep.equal([]);
    });

    it('whatever it is now, by If-Match: *', async () => {
      const any = { headers: { 'if-match': '*' } };
      expect((await ask('PUT', '/v1/policies/shop', { ...any, body: { referer: {} } })).status).to.equal(200);
      expect((await ask('PATCH', '/v1/policies/shop', { ...any, body: { mode: 'shadow' } })).status).to.equal(200);
      expect((await ask('DELETE', '/v1/policies/shop', any)).status).to.equal(204);
    });

    it('once, by one of two writers that read the same', async () => {
      const headers = { 'if-match': await etagOf('shop') };
      const writers = ['a', 'b', 'c'].map((description) =>
        ask('PATCH', '/v1/policies/shop', { headers, body: { description } }),
      );
      const statuses = (await Promise.all(writers)).map(({ status }) => status);
      expect(statuses.sort()).to.deep.equal([200, 412, 412]);
    });

    it('once, by one of two writers that make the same policy', async () => {
      const writers = ['a', 'b'].map((description) =>
        ask('PUT', '/v1/policies/new', { body: { description, referer: {} } }),
      );
      const answers = await Promise.all(writers);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 428]);
    });

    it('nothing of what 100 writers wrote at once, who try again with what they read', async function () {
      this.timeout(60_000);
      await ask('PATCH', '/v1/policies/shop', { headers: { 'if-match': '*' }, body: { referer: { allow: [] } } });
      const entries = Array.from({ length: 100 }, (_, at) => `w${at}.example`);
      // Of those who ask at the same time one wins: with 100 connections most requests would be in vain.
      const agent = new Agent({ keepAlive: true, maxSockets: 4 });
      await Promise.all(entries.map((entry) => add(entry, agent)));
      agent.destroy();
      const { json } = await ask('GET', '/v1/policies/shop');
      expect((json as typeof SHOP).referer.allow)
        .to.have.members(entries)
        .and.to.have.length(100);
    });

    /** Adds an entry to the list as it is, until it was nobody else who came first. */
    async function add(entry: string, agent: Agent): Promise<void> {
      for (let attempt = 0; attempt < 200; attempt++) {
        const { json, headers } = await ask('GET', '/v1/policies/shop', { agent });
        const allow = [...(json as typeof SHOP).referer.allow, entry];
        const body = { referer: { allow } };
        const { status } = await ask('PATCH', '/v1/policies/shop', {
          headers: { 'if-match': headers['etag'] ?? '' },
          body,
          agent,
        });
        if (status === 200) return;
        expect(status).to.equal(412);
      }
      expect.fail('every attempt met a change of somebody else');
    }
  });
});
