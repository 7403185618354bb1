import { expect } from 'chai';
import { exactCauseOf, type OssFault } from '#refgate/manage/oss/oss-fault.js';
import { readBucketReferer } from '#refgate/manage/oss/read-bucket-referer.js';

const root = (...inside: readonly string[]): string =>
  `<RefererConfiguration>${inside.join('')}</RefererConfiguration>`;
const ALLOW_EMPTY = '<AllowEmptyReferer>true</AllowEmptyReferer>';
const list = (name: string, ...entries: readonly string[]): string =>
  `<${name}>${entries.map((entry) => `<Referer>${entry}</Referer>`).join('')}</${name}>`;

async function fault(body: string): Promise<OssFault> {
  const read = await readBucketReferer(body);
  if (!('code' in read)) throw new Error(`taken: ${JSON.stringify(read)}`);
  return read;
}

describe('the body of a PutBucketReferer', () => {
  it('resets what it does not say', async () => {
    expect(await readBucketReferer(root('<AllowEmptyReferer>False</AllowEmptyReferer>'))).to.deep.equal({
      allowEmptyReferer: false,
      allowTruncateQueryString: true,
      truncatePath: false,
      refererList: [],
      refererBlacklist: [],
    });
  });

  for (const nothing of [
    '<RefererList/>',
    '<RefererList></RefererList>',
    list('RefererList', ''),
    list('RefererList', ' '),
  ])
    it(`has no entries in ${nothing}`, async () => {
      expect(await readBucketReferer(root(ALLOW_EMPTY, nothing))).to.deep.include({ refererList: [] });
    });

  it('keeps entries in their order, repeated ones too', async () => {
    const lists = [list('RefererList', 'b', 'a', '', 'b'), list('RefererBlacklist', ' c ')];
    expect(await readBucketReferer(root(ALLOW_EMPTY, ...lists))).to.deep.include({
      refererList: ['b', 'a', 'b'],
      refererBlacklist: ['c'],
    });
  });

  it('is refused with the exact cause', async () => {
    const told = async (body: string) => {
      const refusal = await fault(body);
      return [refusal.code, exactCauseOf(refusal)];
    };
    expect(await told('<RefererConfiguration>')).to.deep.equal(['MalformedXML', '0033-00000001']);
    expect(await told(root())).to.deep.equal(['MalformedXML', '0033-00000002']);
    expect(await told(root('<AllowEmptyReferer>yes</AllowEmptyReferer>'))).to.deep.equal([
      'MalformedXML',
      '0033-00000003',
    ]);
  });

  it('does not truncate the path and keep the query', async () => {
    const body = root(
      ALLOW_EMPTY,
      '<TruncatePath>true</TruncatePath><AllowTruncateQueryString>false</AllowTruncateQueryString>',
    );
    expect(await fault(body)).to.deep.include({
      code: 'InvalidArgument',
      details: { ArgumentName: 'TruncatePath', ArgumentValue: 'true' },
    });
  });

  it('may hold 20,480 bytes of entries in both lists together', async () => {
    const half = 'é'.repeat(5_120);
    const body = (more: string) =>
      root(ALLOW_EMPTY, list('RefererList', half), list('RefererBlacklist', ` ${half}${more} `));
    expect(await readBucketReferer(body(''))).to.deep.include({ refererList: [half], refererBlacklist: [half] });
    expect(await fault(body('a'))).to.deep.equal({
      code: 'InlineDataTooLarge',
      message: 'RefererList and RefererBlacklist hold 20,481 bytes of entries; together at most 20,480 bytes.',
    });
  });

  for (const character of ['&#9;', '&#10;', '&#13;', '\u007f', '\u0085'])
    it(`has no entry with ${JSON.stringify(character)} in it`, async () => {
      expect(await fault(root(ALLOW_EMPTY, list('RefererBlacklist', `a${character}b`)))).to.deep.include({
        code: 'InvalidArgument',
      });
    });
});
