import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { exactCauseOf, type OssFault } from '#refgate/manage/oss/oss-fault.js';
import { readPutBody } from '#refgate/manage/oss/read-put-body.js';
import { manageRequest, type RequestDraft } from '../../../support/manage-request.js';

const read = (draft: RequestDraft) => readPutBody(manageRequest(draft));
const md5 = (text: string | Buffer) => createHash('md5').update(text).digest('base64');

async function faultOf(draft: RequestDraft): Promise<OssFault> {
  const fault = await read(draft);
  if (typeof fault === 'string') throw new Error('taken');
  return fault;
}

describe('the body of a call that changes a bucket', () => {
  it('is text', async () => {
    expect(await read({ body: '阿里巴巴' })).to.equal('阿里巴巴');
    expect(await read({ body: '\ufeff<a/>' })).to.equal('<a/>');
  });

  it('is what its MD5 says', async () => {
    expect(await read({ body: '<a/>', headers: { 'content-md5': md5('<a/>') } })).to.equal('<a/>');
    const fault = await faultOf({ body: '<b/>', headers: { 'content-md5': md5('<a/>') } });
    expect([fault.code, exactCauseOf(fault)]).to.deep.equal(['InvalidDigest', '0017-00000503']);
  });

  const noDigests = ['', 'x', md5('').slice(0, -2), `${md5('')}AA==`, createHash('md5').update('').digest('hex')];
  for (const digest of noDigests)
    it(`has no MD5 ${JSON.stringify(digest)}`, async () => {
      const fault = await faultOf({ headers: { 'content-md5': digest } });
      expect([fault.code, exactCauseOf(fault)]).to.deep.equal(['InvalidDigest', '0017-00000502']);
    });

  it('is UTF-8', async () => {
    for (const body of [Buffer.from([0x3c, 0xff]), Buffer.from('\ufeff<a/>', 'utf16le'), Buffer.from([0xc0, 0x80])]) {
      expect((await faultOf({ body })).code).to.equal('MalformedXML');
    }
  });

  it('has at most 1 MiB', async () => {
    expect(await read({ body: ' '.repeat(1024 * 1024) })).to.have.length(1024 * 1024);
    expect((await faultOf({ body: ' '.repeat(1024 * 1024 + 1) })).code).to.equal('InlineDataTooLarge');
    expect((await faultOf({ body: 'too-large' })).code).to.equal('InlineDataTooLarge');
  });
});
