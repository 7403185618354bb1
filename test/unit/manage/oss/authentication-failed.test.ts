import { expect } from 'chai';
import { faultOf, outcomeOf, testRequestId as requestId } from '../../../support/authenticate-oss.js';
import { authenticationContext, testMoment } from '../../../support/authentication-context.js';
import { manageSettings } from '../../../support/manage-settings.js';
import { type OssCall, type RawRequest, signOss, toManageRequest, withHeaders } from '../../../support/sign-oss.js';

const call = { bucket: 'shop-images', date: testMoment } as const;

function signed(changes: OssCall = {}): RawRequest {
  return signOss({ ...call, ...changes });
}

describe('authenticate, when it fails,', () => {
  describe('tells the log', () => {
    it('who failed, from where and why', async () => {
      const context = authenticationContext();
      await faultOf(signed({ accessKeyId: 'nobody' }), context);
      await faultOf(withHeaders(signed(), { authorization: 'OSS' }), context);
      expect(context.failures).to.deep.equal([
        {
          ...{ api: 'oss', client: '127.0.0.1', requestId, accessKeyId: 'nobody', code: 'InvalidAccessKeyId' },
          cause:
            'the settings have no access key of this id: compare it with theirs, which are read again at SIGHUP only',
        },
        { api: 'oss', client: '127.0.0.1', requestId, code: 'InvalidArgument' },
      ]);
    });

    for (const [seconds, cause] of [
      [-1000, "its clock is 1000 s behind: set the client's clock"],
      [2000, 'its clock is 2000 s ahead: set'],
      [8 * 3600, 'its clock is 28800 s ahead, about a time zone'],
      [-5.5 * 3600 + 20, 'its clock is 19780 s behind, about a time zone'],
      [14 * 3600, 'its clock is 50400 s ahead, about a time zone'],
      [24 * 3600, 'its clock is 86400 s ahead: set'],
    ] as const) {
      it(`how far the clock is off: ${seconds} s`, async () => {
        const context = authenticationContext();
        await faultOf(signed({ date: new Date(testMoment.getTime() + seconds * 1000) }), context);
        expect(context.failures[0]?.cause).to.include(cause);
      });
    }

    it('of an id that is nearly one', async () => {
      const context = authenticationContext();
      await faultOf(signed({ accessKeyId: 'AK' }), context);
      expect(context.failures[0]?.cause).to.include('the settings know "ak"');
    });

    it('no secret that was sent as an id', async () => {
      const context = authenticationContext(manageSettings({ keys: { ak: 'sk-very-secret' } }));
      const fault = await faultOf(signed({ accessKeyId: 'sk-very-secret', secret: 'ak' }), context);
      expect(JSON.stringify([fault, context.failures])).to.not.include('sk-very-secret');
      expect(context.failures[0]).to.include({ code: 'InvalidAccessKeyId' });
      expect(context.failures[0]?.cause).to.include('swap the two');
    });

    it('nothing of what holds', async () => {
      const context = authenticationContext();
      await outcomeOf(toManageRequest(signed()), context);
      expect(context.failures).to.deep.equal([]);
    });
  });

  it('tells nothing more to an address that fails too often', async () => {
    const context = authenticationContext(manageSettings(), { failuresAdmitted: 2 });
    expect((await faultOf(signed({ secret: 'x' }), context)).code).to.equal('SignatureDoesNotMatch');
    expect((await faultOf(signed({ accessKeyId: 'x' }), context)).code).to.equal('InvalidAccessKeyId');
    for (const changes of [{ secret: 'x' }, { accessKeyId: 'x' }]) {
      const fault = await faultOf(signed(changes), context);
      expect(fault.code).to.equal('QpsLimitExceeded');
      expect(fault.details).to.equal(undefined);
    }
    expect(await outcomeOf(toManageRequest(signed()), context)).to.equal('ak');
    expect(context.failures.at(-1)).to.deep.equal({
      api: 'oss',
      client: '127.0.0.1',
      requestId,
      accessKeyId: 'x',
      code: 'QpsLimitExceeded',
    });
  });
});
