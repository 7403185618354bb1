import { expect } from 'chai';
import type { ImportFormatName } from '#refgate/import/formats.js';
import { tryImport } from '../../support/import-fixtures.js';

const list = (name: string, ...args: readonly (readonly [string, unknown])[]): unknown => ({
  functionName: name,
  functionArgs: args.map(([argName, argValue]) => ({ argName, argValue })),
});
const white = list('referer_white_list_set', ['refer_domain_allow_list', 'a.example']);
const black = list('referer_black_list_set', ['refer_domain_deny_list', 'b.example']);

function bucket(...lines: readonly string[]): string {
  return ['<RefererConfiguration>', ...lines, '</RefererConfiguration>'].join('\n');
}

const allowEmpty = '<AllowEmptyReferer>true</AllowEmptyReferer>';

/** Texts that are no configuration of the product, by what is said of them and where. */
const cases: readonly (readonly [format: ImportFormatName, text: string, line: number, said: string])[] = [
  ['oss', '', 1, 'not readable as XML'],
  ['oss', 'hello', 1, 'not readable as XML'],
  ['oss', '<Other/>', 1, 'unknown element <Other>: expected <RefererConfiguration>'],
  ['oss', bucket(), 1, '<AllowEmptyReferer> is missing'],
  ['oss', bucket(allowEmpty, '<Unknown/>'), 3, 'unknown element <Unknown>'],
  ['oss', bucket(allowEmpty, allowEmpty), 3, '<AllowEmptyReferer> is given twice'],
  ['oss', bucket(allowEmpty, '<RefererList/>', '<RefererList/>'), 4, '<RefererList> is given twice'],
  ['oss', bucket(allowEmpty, '<RefererList><Referer><b/></Referer></RefererList>'), 3, 'unknown element <b>'],
  ['oss', bucket(allowEmpty, '<Referer>a</Referer>'), 3, 'unknown element <Referer>'],
  ['oss', bucket(allowEmpty, '<RefererList>text</RefererList>'), 3, 'text "text" in <RefererList>'],
  ['oss', bucket(allowEmpty, '<RefererList kind="x"/>'), 3, 'unknown attribute "kind"'],
  ['oss', bucket('<AllowEmptyReferer>yes</AllowEmptyReferer>'), 2, 'expected true or false'],
  ['oss', `<?xml version="1.0" encoding="GBK"?>${bucket(allowEmpty)}`, 1, 'encoding "GBK": expected UTF-8'],
  ['oss', bucket(allowEmpty, '<Status>Enabled</Status>'), 3, 'Tencent COS'],
  ['oss', `<!DOCTYPE a [<!ENTITY b "c">]>${bucket(allowEmpty)}`, 1, 'document type'],
  ['oss', bucket(allowEmpty, '<RefererList><Referer>&b;</Referer></RefererList>'), 3, 'not readable as XML'],
  [
    'oss',
    bucket(
      allowEmpty,
      '<AllowTruncateQueryString>false</AllowTruncateQueryString>',
      '<TruncatePath>true</TruncatePath>',
    ),
    4,
    'which OSS refuses',
  ],
  // Without it the allow list would be empty, and that of a bucket then checks nothing.
  [
    'oss',
    bucket(allowEmpty, '<RefererList>', `<Referer>${'a'.repeat(4097)}</Referer></RefererList>`),
    4,
    'no entry of <RefererList> has at most 4,096 bytes',
  ],
  ['cdn', '', 1, 'not JSON'],
  ['cdn', '"text"', 1, 'not JSON'],
  ['cdn', '{"a": [1,\n2', 2, 'not readable as JSON'],
  ['cdn', '{"a": 1, "a": 2}', 1, 'not readable as JSON'],
  ['cdn', '{"a": 1}', 1, 'no functions of Alibaba CDN'],
  ['cdn', JSON.stringify([white, black], null, 1), 12, 'referer_white_list_set is set already'],
  ['cdn', JSON.stringify([white, white]), 1, 'referer_white_list_set is given twice'],
  ['cdn', '{"Functions": "[{"}', 1, 'the text here is not readable as JSON'],
  [
    'cdn',
    JSON.stringify([list('referer_white_list_set', ['allow_empty', 'yes'])]),
    1,
    '"argValue": expected "on" or "off", got the text "yes"',
  ],
  ['cdn', JSON.stringify([list('referer_white_list_set', ['a', ''], ['a', ''])]), 1, 'the argument a is given twice'],
  ['cdn', JSON.stringify([{ functionName: 'referer_white_list_set', functionArgs: [{}] }]), 1, 'argName'],
  ['tencent-cdn', '{}', 1, 'no configuration of Tencent Cloud CDN'],
  ['tencent-cdn', '{"Referer": {"Switch": "on", "RefererRules": [{}]}}', 1, '"RefererType"'],
  ['tencent-cdn', '{"Referer": {"Switch": true}}', 1, '"Switch": expected text, got true'],
  ['tencent-cdn', '{"Referer": {"RefererRules": [{}]}}', 1, '"RefererType"'],
  ['huawei-cdn', '{}', 1, 'no configuration of Huawei Cloud CDN'],
  ['huawei-cdn', '{"referer": {}}', 1, '"referer_type" or "type"'],
  ['huawei-cdn', '{"referer":\n{"referer_type": 3}}', 2, 'expected 0, 1 or 2'],
  ['huawei-cdn', '{"referer": {"type": "grey"}}', 1, '"off" or "black"'],
  ['volcengine', '{}', 1, 'no configuration of Volcengine CDN'],
  ['volcengine', '{"RefererAccessRule": {"Switch": true}}', 1, '"RuleType"'],
  ['volcengine', '{"RuleType": "blacklist"}', 1, 'expected "allow" or "deny"'],
  ['htaccess', '<FilesMatch a>', 1, 'not closed'],
  ['htaccess', 'RewriteEngine On\n{ "json": true }', 2, 'expected a directive'],
];

describe('import of what is no configuration of the product', () => {
  for (const [format, text, line, said] of cases) {
    it(`refuses ${JSON.stringify(text.slice(0, 60))} as ${format}`, async () => {
      const result = await tryImport(format, text, 'conf');
      if (!('problem' in result)) throw new Error('it was imported');
      expect(result.problem).to.contain(said);
      // Who tells it ends the sentence.
      expect(result.problem).to.not.match(/\.$/);
      expect([result.file, result.line]).to.deep.equal(['conf', line]);
    });
  }

  it('takes an empty configuration for one, and says that there is no policy', async () => {
    for (const text of ['[]', '{"DomainConfigs": {"DomainConfig": []}}', '{"functions": []}']) {
      const result = await tryImport('cdn', text);
      if ('problem' in result) throw new Error(result.problem);
      expect(result.policies).to.deep.equal([]);
      expect(result.losses.map(({ changesDecisions }) => changesDecisions)).to.deep.equal([false]);
    }
  });
});
