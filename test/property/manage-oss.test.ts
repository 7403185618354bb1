import { expect } from 'chai';
import fc from 'fast-check';
import type { BucketReferer } from '#refgate/manage/oss/bucket-referer.js';
import { bucketDocument } from '../support/bucket-document.js';
import { type OssService, ossService } from '../support/oss-service.js';
import { randomBucket } from '../support/random-bucket.js';
import { RulesDir } from '../support/rules-dir.js';
import { xmlTexts } from '../support/xml-elements.js';

const SEED = 20_261_122;
const bucket = 'shop-images';

/** What a document of GetBucketReferer says, read without the product's code. */
function told(document: string): BucketReferer {
  const texts = xmlTexts(document);
  const all = (path: string) => texts.flatMap(([at, text]) => (at === `RefererConfiguration/${path}` ? [text] : []));
  const isTrue = (path: string) => {
    const [text, ...more] = all(path);
    expect(more).to.have.length(0);
    expect(text).to.match(/^(true|false)$/);
    return text === 'true';
  };
  return {
    allowEmptyReferer: isTrue('AllowEmptyReferer'),
    allowTruncateQueryString: isTrue('AllowTruncateQueryString'),
    truncatePath: isTrue('TruncatePath'),
    refererList: all('RefererList/Referer'),
    refererBlacklist: all('RefererBlacklist/Referer'),
  };
}

describe('property: the OSS API', () => {
  let dir: RulesDir;
  let service: OssService;
  before(async () => {
    dir = new RulesDir();
    service = await ossService(dir);
  });
  after(() => dir.dispose());

  it('tells whatever configuration was put', async () => {
    await fc.assert(
      fc.asyncProperty(randomBucket, fc.constantFrom('v1', 'v2', 'v4'), async (put, version) => {
        const answer = await service.ask({ method: 'PUT', bucket, body: bucketDocument(put), version });
        expect(answer.status, answer.body).to.equal(200);
        expect(told(await service.get(bucket))).to.deep.equal(put);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  it('answers any body with a code of its own, and never by a mistake', async () => {
    const valid = randomBucket.map(bucketDocument);
    const broken = fc
      .tuple(
        valid,
        fc.nat(),
        fc.constantFrom('<', '>', '&', ']]>', '\0', '</Referer>', '\u{fffe}', '<!DOCTYPE a>', '"'),
      )
      .map(([text, at, piece]) => `${text.slice(0, at % text.length)}${piece}${text.slice(at % text.length)}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, fc.string({ unit: 'binary' })), async (body) => {
        const { status } = await service.ask({ method: 'PUT', bucket, body });
        expect([200, 400]).to.include(status);
        expect(service.internalErrors).to.deep.equal([]);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
