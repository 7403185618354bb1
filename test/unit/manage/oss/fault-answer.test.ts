import { expect } from 'chai';
import { faultAnswer } from '#refgate/manage/oss/fault-answer.js';
import { EC, type OssErrorCode, type OssFault } from '#refgate/manage/oss/oss-fault.js';
import { manageRequest } from '../../../support/manage-request.js';
import { xmlElements } from '../../../support/xml-elements.js';

const requestId = '6566AC76E41FB93030CE1234';

function answerTo(fault: OssFault, method = 'PUT') {
  const request = manageRequest({ method, headers: { host: 'shop.oss.example:9194' } });
  return faultAnswer(fault, { request, requestId, started: performance.now(), bucket: 'shop' });
}

describe('a fault of the OSS API', () => {
  const rows: [OssErrorCode, number, string | undefined][] = [
    ['AccessDenied', 403, '0003-00000001'],
    ['InvalidArgument', 400, undefined],
    ['InvalidAccessKeyId', 403, '0002-00000902'],
    ['SignatureDoesNotMatch', 403, '0002-00000040'],
    ['RequestTimeTooSkewed', 403, '0002-00000504'],
    ['NoSuchBucket', 404, '0015-00000101'],
    ['InvalidBucketName', 400, undefined],
    ['InvalidDigest', 400, '0017-00000503'],
    ['MalformedXML', 400, '0033-00000001'],
    ['InlineDataTooLarge', 400, undefined],
    ['PolicyNameConflict', 409, undefined],
    ['OperationNotSupported', 400, undefined],
    ['MethodNotAllowed', 405, undefined],
    ['QpsLimitExceeded', 503, undefined],
    ['ServiceUnavailable', 503, undefined],
    ['InternalError', 500, undefined],
  ];
  for (const [code, status, ec] of rows) {
    it(`is answered ${status} for ${code}`, () => {
      const answer = answerTo({ code, message: 'no' });
      expect(answer.status).to.equal(status);
      expect(answer.headers['x-oss-ec']).to.equal(ec);
      expect(xmlElements(answer.body)['Error/EC']).to.equal(ec);
    });
  }

  it('is told by the error document', () => {
    const { headers, body } = answerTo({ code: 'NoSuchBucket', message: 'There is no bucket "shop".' });
    expect(headers).to.include({ 'content-type': 'application/xml', 'x-oss-request-id': requestId });
    expect(headers['server']).to.equal('AliyunOSS');
    expect(headers['x-oss-server-time']).to.match(/^\d+$/);
    expect(xmlElements(body)).to.deep.equal({
      'Error/Code': 'NoSuchBucket',
      'Error/Message': 'There is no bucket "shop".',
      'Error/RequestId': requestId,
      'Error/HostId': 'shop.oss.example:9194',
      'Error/BucketName': 'shop',
      'Error/EC': '0015-00000101',
    });
  });

  it('names an exact cause of its own, or none', () => {
    expect(answerTo({ code: 'MalformedXML', message: '', ec: EC.notBoolean }).headers['x-oss-ec']).to.equal(
      '0033-00000003',
    );
    expect(answerTo({ code: 'AccessDenied', message: '', ec: false }).headers).not.to.have.property('x-oss-ec');
  });

  it('carries details as they are, line breaks too', () => {
    const StringToSign = 'PUT\n\n\n<&>\r\n/shop/?referer';
    const { body } = answerTo({ code: 'SignatureDoesNotMatch', message: '', details: { StringToSign } });
    expect(xmlElements(body)['Error/StringToSign']).to.equal(StringToSign);
  });

  it('is told to a HEAD in a header', () => {
    const { headers, body } = answerTo({ code: 'AccessDenied', message: 'no' }, 'HEAD');
    expect(body).to.equal('');
    const document = Buffer.from(headers['x-oss-err'] ?? '', 'base64').toString();
    expect(xmlElements(document)).to.include({ 'Error/Code': 'AccessDenied', 'Error/RequestId': requestId });
  });

  it('says of a method that is not allowed which are', () => {
    expect(answerTo({ code: 'MethodNotAllowed', message: '' }).headers['allow']).to.equal('GET, PUT');
  });
});
