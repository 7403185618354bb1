import { expect } from 'chai';
import fc from 'fast-check';
import { randomPolicies } from '../../support/random-policies.js';
import { useRest } from '../../support/rest-service.js';

describe('whatever a policy is', () => {
  const { ask } = useRest();

  it('it is read as it was put, over whatever was there before, and checked alike', async function () {
    this.timeout(120_000);
    const written = { new: 0, changed: 0 };
    await fc.assert(
      fc.asyncProperty(randomPolicies, fc.constantFrom('a', 'b', 'c'), async (policy, name) => {
        const path = `/v1/policies/${name}`;
        const exists = (await ask('HEAD', path)).status === 200;
        const put = await ask('PUT', path, { headers: exists ? { 'if-match': '*' } : {}, body: policy });
        expect(put.status, put.body).to.equal(exists ? 200 : 201);
        written[exists ? 'changed' : 'new'] += 1;
        const read = await ask('GET', path);
        expect(read.json).to.deep.equal({ name, ...policy });
        expect([read.body, read.headers['etag']]).to.deep.equal([put.body, put.headers['etag']]);
        const report = await ask('POST', '/v1/validate', { body: JSON.stringify({ policies: [read.json] }) });
        expect(report.json).to.deep.include({ ok: true, errors: [] });
      }),
      { numRuns: 60 },
    );
    expect(written.new).to.equal(3);
    expect(written.changed).to.be.greaterThan(50);
  });
});
