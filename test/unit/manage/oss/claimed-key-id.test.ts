import { expect } from 'chai';
import { claimedKeyId } from '#refgate/manage/oss/claimed-key-id.js';
import { manageSettings } from '../../../support/manage-settings.js';
import { toManageRequest } from '../../../support/sign-oss.js';

const settings = manageSettings({ keys: { ak: 'sk', sk: 'other' } });
const secretive = manageSettings({ keys: { ak: 'sk' } });

function claimed(authorization?: string, known = settings): string | undefined {
  const headers = authorization === undefined ? {} : { authorization };
  return claimedKeyId(toManageRequest({ method: 'PUT', target: '/b/?referer', headers, body: '' }), known);
}

describe('claimedKeyId', () => {
  it('is what the call says, proved or not', () => {
    expect(claimed('OSS ak:x')).to.equal('ak');
    expect(claimed('OSS2 AccessKeyId:nobody,Signature:x')).to.equal('nobody');
  });

  it('is nothing where the call says nothing that can be read', () => {
    expect(claimed()).to.equal(undefined);
    expect(claimed('OSS ak')).to.equal(undefined);
  });

  it('is never a secret, unless that is an id too', () => {
    expect(claimed('OSS sk:x', secretive)).to.equal(undefined);
    expect(claimed('OSS sk:x')).to.equal('sk');
  });
});
