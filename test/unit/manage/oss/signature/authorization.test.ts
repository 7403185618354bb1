import { expect } from 'chai';
import { parseAuthorization } from '#refgate/manage/oss/signature/authorization.js';

describe('parseAuthorization', () => {
  describe('reads', () => {
    const v2 = { version: 'V2', accessKeyId: 'ak', signature: 'c2ln=', additionalHeaders: [] };
    const v4 = {
      version: 'V4',
      accessKeyId: 'ak',
      signature: '0a',
      additionalHeaders: [],
      day: '20261122',
      region: 'r',
    };
    for (const [text, expected] of [
      ['OSS ak:c2ln=', { version: 'V1', accessKeyId: 'ak', signature: 'c2ln=' }],
      ['OSS  ak:c2ln=', { version: 'V1', accessKeyId: 'ak', signature: 'c2ln=' }],
      ['OSS a:k:c2ln=', { version: 'V1', accessKeyId: 'a:k', signature: 'c2ln=' }],
      ['OSS2 AccessKeyId:ak,Signature:c2ln=', v2],
      ['OSS2 Signature:c2ln= , AccessKeyId: ak', v2],
      ['OSS2 AccessKeyId:ak,AdditionalHeaders:,Signature:c2ln=', v2],
      [
        'OSS2 AccessKeyId:ak,AdditionalHeaders:range; Host,Signature:c2ln=',
        { ...v2, additionalHeaders: ['range', 'host'] },
      ],
      ['OSS4-HMAC-SHA256 Credential=ak/20261122/r/oss/aliyun_v4_request,Signature=0a', v4],
      [
        'OSS4-HMAC-SHA256 Credential=ak/20261122/r/oss/aliyun_v4_request, Signature=0a, AdditionalHeaders=b;a',
        { ...v4, additionalHeaders: ['b', 'a'] },
      ],
      ['OSS4-HMAC-SHA256 Signature=0a,Credential=ak/20261122//oss/aliyun_v4_request', { ...v4, region: '' }],
      ['OSS4-HMAC-SHA256 Credential=a/k/20261122/r/oss/aliyun_v4_request,Signature=0a', { ...v4, accessKeyId: 'a/k' }],
    ] as const) {
      it(text, () => {
        expect(parseAuthorization([text])).to.deep.equal(expected);
      });
    }
  });

  describe('refuses', () => {
    const scope = '20261122/r/oss/aliyun_v4_request';
    for (const text of [
      '',
      'OSS',
      'OSS ',
      'OSS ak',
      'OSS ak:',
      'OSS :c2ln=',
      'OSS a k:c2ln=',
      'OSS ak:c2 ln=',
      'oss ak:c2ln=',
      'OSS3 ak:c2ln=',
      'Bearer c2ln=',
      'Basic YWs6c2s=',
      `AWS4-HMAC-SHA256 Credential=ak/${scope},Signature=0a`,
      'OSS2 ak:c2ln=',
      'OSS2 AccessKeyId:ak',
      'OSS2 Signature:c2ln=',
      'OSS2 AccessKeyId:,Signature:c2ln=',
      'OSS2 AccessKeyId:ak,AccessKeyId:ak,Signature:c2ln=',
      'OSS2 AccessKeyId:ak,Signature:c2ln=,Signature:c2ln=',
      'OSS2 AccessKeyId:ak,Other:x,Signature:c2ln=',
      'OSS2 AccessKeyId:ak,Signature:c2ln=,',
      'OSS2 AccessKeyId:ak,AdditionalHeaders:a b,Signature:c2ln=',
      'OSS2 accesskeyid:ak,signature:c2ln=',
      `OSS4-HMAC-SHA256 Credential=ak/${scope}`,
      `OSS4-HMAC-SHA256 Credential=ak/${scope},Signature=`,
      `OSS4-HMAC-SHA256 Credential=/${scope},Signature=0a`,
      'OSS4-HMAC-SHA256 Credential=ak,Signature=0a',
      'OSS4-HMAC-SHA256 Credential=ak/2026-11-22/r/oss/aliyun_v4_request,Signature=0a',
      'OSS4-HMAC-SHA256 Credential=ak/20261122/r/s3/aliyun_v4_request,Signature=0a',
      'OSS4-HMAC-SHA256 Credential=ak/20261122/r/oss/aws4_request,Signature=0a',
      `OSS4-HMAC-SHA256 Credential=ak/${scope};Signature=0a`,
      `OSS4-HMAC-SHA256 Credential=ak/${scope},AdditionalHeaders=é,Signature=0a`,
      `OSS4-HMAC-SHA512 Credential=ak/${scope},Signature=0a`,
      `OSS4-HMAC-SHA256 Credential=ak/${scope},__proto__=x,Signature=0a`,
      `OSS ak:${'a'.repeat(8192)}`,
    ]) {
      it(text.slice(0, 100), () => {
        expect(parseAuthorization([text])).to.have.property('code', 'InvalidArgument');
      });
    }

    it('two of them, though they are the same', () => {
      expect(parseAuthorization(['OSS ak:c2ln=', 'OSS ak:c2ln='])).to.have.property('code', 'InvalidArgument');
    });

    it('255 KiB of anything in no time', () => {
      for (const piece of ['OSS ', 'a:', ',', '=', '/20261122', 'AdditionalHeaders=;']) {
        const text = `OSS4-HMAC-SHA256 ${piece.repeat((255 * 1024) / piece.length)}`;
        expect(parseAuthorization([text])).to.have.property('code', 'InvalidArgument');
      }
    });
  });
});
