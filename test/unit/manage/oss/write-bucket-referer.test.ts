import { expect } from 'chai';
import { NEVER_SET } from '#refgate/manage/oss/bucket-referer.js';
import { readBucketReferer } from '#refgate/manage/oss/read-bucket-referer.js';
import { writeBucketReferer } from '#refgate/manage/oss/write-bucket-referer.js';

describe('the document that tells of a bucket', () => {
  it('says everything but an empty deny list', () => {
    expect(writeBucketReferer(NEVER_SET)).to.equal(`<?xml version="1.0" encoding="UTF-8"?>
<RefererConfiguration>
  <AllowEmptyReferer>true</AllowEmptyReferer>
  <AllowTruncateQueryString>true</AllowTruncateQueryString>
  <TruncatePath>false</TruncatePath>
  <RefererList/>
</RefererConfiguration>
`);
  });

  it('reads as what it tells', async () => {
    const referer = {
      allowEmptyReferer: false,
      allowTruncateQueryString: true,
      truncatePath: true,
      refererList: [
        'http://a.example/?a&b',
        '<!-- a -->',
        ']]>',
        '&amp;',
        '"\'',
        '阿里巴巴',
        '{ a: b }',
        '- c',
        '#',
        '😀',
      ],
      refererBlacklist: ['*.b.example'],
    };
    expect(await readBucketReferer(writeBucketReferer(referer))).to.deep.equal(referer);
  });
});
