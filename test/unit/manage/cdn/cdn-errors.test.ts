import { expect } from 'chai';
import { blackList, functionsText, whiteList } from '../../../support/cdn-functions.js';
import { type CdnService, cdnService } from '../../../support/cdn-service.js';
import { RulesDir } from '../../../support/rules-dir.js';
import type { AcsCall } from '../../../support/sign-acs.js';

const DOMAIN = 'cdn.shop.example';

/** What a call is answered: status, code, and a part of the message. */
type Row = readonly [title: string, call: AcsCall, status: number, code: string, message: string];

function set(functions: string, names = DOMAIN): AcsCall {
  return { action: 'BatchSetCdnDomainConfig', query: { DomainNames: names, Functions: functions } };
}

function call(action: string, query: Record<string, string> = {}): AcsCall {
  return { action, query };
}

function manyNames(count: number): string {
  return Array.from({ length: count }, (_, index) => `d${index}.example`).join(',');
}

function text(items: unknown): string {
  return JSON.stringify(items);
}

const args = [{ argName: 'refer_domain_allow_list', argValue: 'shop.example' }];
const white = { functionName: 'referer_white_list_set', functionArgs: args };
const over = `${'a.example,'.repeat(6144)}b`;

const rows: readonly Row[] = [
  ['an unknown action', call('SetRefererConfig'), 404, 'InvalidAction.NotFound', 'not found'],
  ['an action of Object', call('constructor'), 404, 'InvalidAction.NotFound', 'not found'],
  [
    'another path',
    { ...call('DescribeCdnDomainConfigs'), path: '/x' },
    404,
    'InvalidAction.NotFound',
    'url and method',
  ],
  ['another method', { ...call('DescribeCdnDomainConfigs'), method: 'PUT' }, 404, 'InvalidAction.NotFound', 'method'],
  ['another version', { ...set(whiteList()), version: '2014-11-11' }, 400, 'InvalidVersion', '2018-05-10'],
  ['no domains', call('BatchSetCdnDomainConfig', { Functions: whiteList() }), 400, 'MissingParameter', 'DomainNames'],
  ['domains of commas', set(whiteList(), ' , ,'), 400, 'MissingParameter', 'DomainNames'],
  ['no functions', call('BatchSetCdnDomainConfig', { DomainNames: DOMAIN }), 400, 'MissingParameter', 'Functions'],
  ['nothing to describe', call('DescribeCdnDomainConfigs'), 400, 'MissingParameter', 'DomainName'],
  ['no detail', call('DescribeCdnDomainDetail', { DomainName: '' }), 400, 'MissingParameter', 'DomainName'],
  ['no ConfigId', call('DeleteSpecificConfig', { DomainName: DOMAIN }), 400, 'MissingParameter', 'ConfigId'],
  ['no domain to delete', call('DeleteSpecificConfig', { ConfigId: '1' }), 400, 'MissingParameter', 'DomainName'],
  ['no names', call('BatchDeleteCdnDomainConfig', { DomainNames: DOMAIN }), 400, 'MissingParameter', 'FunctionNames'],
  ['51 domains', set(whiteList(), manyNames(51)), 400, 'TooManyDomains', '51 domains'],
  ['51 domains, broken functions', set('{', manyNames(51)), 400, 'TooManyDomains', '51 domains'],
  ['26 domains, 2 functions', set(text([white, white]), manyNames(26)), 400, 'TooManyDomains', '2 functions'],
  [
    '26 domains, 2 names',
    call('BatchDeleteCdnDomainConfig', { DomainNames: manyNames(26), FunctionNames: 'a,b' }),
    ...([400, 'TooManyDomains', '2 functions'] as const),
  ],
  ['an unknown domain', set(whiteList(), `${DOMAIN},other.example`), 404, 'InvalidDomain.NotFound', 'other.example'],
  ['an unknown domain before its functions', set('{', 'other.example'), 404, 'InvalidDomain.NotFound', 'other.example'],
  ['a domain of Object', set(whiteList(), '__proto__'), 404, 'InvalidDomain.NotFound', '__proto__'],
  [
    'an identifier of Terraform, who waits for a deletion',
    call('DescribeCdnDomainDetail', { DomainName: `${DOMAIN}:referer_white_list_set:1` }),
    ...([404, 'InvalidDomain.NotFound', DOMAIN] as const),
  ],
  ['no JSON', set('no'), 400, 'InvalidFunctions.Malformed', 'JSON'],
  ['an object', set('{}'), 400, 'InvalidFunctions.Malformed', 'list'],
  ['null', set('null'), 400, 'InvalidFunctions.Malformed', 'list'],
  ['an empty list', set('[]'), 400, 'InvalidFunctions.Malformed', 'empty'],
  ['a list of lists', set('[[]]'), 400, 'InvalidFunctions.Malformed', '[0]'],
  ['no name', set(text([{ functionArgs: args }])), 400, 'InvalidFunctions.Malformed', '[0].functionName'],
  ['a number as name', set(text([{ ...white, functionName: 1 }])), 400, 'InvalidFunctions.Malformed', 'functionName'],
  [
    'no list of arguments',
    set(text([{ functionName: white.functionName }])),
    400,
    'InvalidFunctions.Malformed',
    'Args',
  ],
  [
    'an argument that is text',
    set(text([{ ...white, functionArgs: ['a'] }])),
    400,
    'InvalidFunctions.Malformed',
    '[0]',
  ],
  [
    'a value that is no text',
    set(text([{ ...white, functionArgs: [...args, { argName: 'allow_empty', argValue: true }] }])),
    ...([400, 'InvalidFunctions.Malformed', 'functionArgs[1].argValue'] as const),
  ],
  [
    'an argument twice',
    set(text([{ ...white, functionArgs: [...args, ...args] }])),
    ...([400, 'InvalidFunctions.Malformed', 'given twice'] as const),
  ],
  ['a function twice', set(text([white, white])), 400, 'InvalidFunctions.Malformed', 'given twice'],
  [
    'an identifier that is a list',
    set(text([{ ...white, configId: [1] }])),
    400,
    'InvalidFunctions.Malformed',
    'configId',
  ],
  [
    'another function',
    set(functionsText('ip_allow_list_set', { ip_list: '192.0.2.1' })),
    ...([400, 'InvalidFunctionName.ValueNotSupported', 'FunctionName [ip_allow_list_set] is not supported.'] as const),
  ],
  [
    'a function of Object',
    set(functionsText('toString', {})),
    ...([400, 'InvalidFunctionName.ValueNotSupported', 'FunctionName [toString] is not supported.'] as const),
  ],
  [
    'another function to delete',
    call('BatchDeleteCdnDomainConfig', { DomainNames: DOMAIN, FunctionNames: 'referer_white_list_set,aliauth' }),
    ...([400, 'InvalidFunctionName.ValueNotSupported', 'FunctionName [aliauth] is not supported.'] as const),
  ],
  ['an unknown argument', set(whiteList({ a: 'b' })), 400, 'InvalidArgName.ValueNotSupported', '"a"'],
  [
    "the other list's argument",
    set(whiteList({ refer_domain_deny_list: 'a.example' })),
    ...([400, 'InvalidArgName.ValueNotSupported', 'refer_domain_deny_list'] as const),
  ],
  ['no list', set(text([{ ...white, functionArgs: [] }])), 400, 'MissingParameter', 'refer_domain_allow_list'],
  ['an empty list of hosts', set(whiteList({ refer_domain_allow_list: ' , ' })), 400, 'MissingParameter', 'allow_list'],
  ['neither on nor off', set(whiteList({ allow_empty: 'yes' })), 400, 'InvalidArgValue.Malformed', 'allow_empty'],
  ['an empty switch', set(whiteList({ disable_ast: '' })), 400, 'InvalidArgValue.Malformed', 'disable_ast'],
  ['a switch in capitals', set(whiteList({ ignore_scheme: 'ON' })), 400, 'InvalidArgValue.Malformed', 'ignore_scheme'],
  [
    'a redirect without scheme',
    set(whiteList({ redirect_url: 'a.example' })),
    400,
    'InvalidArgValue.Malformed',
    'http',
  ],
  ['a redirect of FTP', set(whiteList({ redirect_url: 'ftp://a.example/' })), 400, 'InvalidArgValue.Malformed', 'http'],
  [
    'a redirect with a line break',
    set(whiteList({ redirect_url: 'http://a.example/\r\nset-cookie: a' })),
    ...([400, 'InvalidArgValue.Malformed', 'control characters'] as const),
  ],
  ['an entry', set(whiteList({ refer_domain_allow_list: 'a b' })), 400, 'InvalidArgValue.Malformed', '"a b"'],
  ['an expression', set(whiteList({ refer_domain_allow_list: '~.*' })), 400, 'InvalidArgValue.Malformed', 'expression'],
  ['a mapping', set(whiteList({ refer_domain_allow_list: '{ file: a }' })), 400, 'InvalidArgValue.Malformed', 'file'],
  [
    'an entry over two lines',
    set(whiteList({ refer_domain_allow_list: 'a\nb' })),
    400,
    'InvalidArgValue.Malformed',
    'a',
  ],
  [
    'a dot before an exact domain',
    set(whiteList({ refer_domain_allow_list: '.a.example', disable_ast: 'on' })),
    ...([400, 'InvalidArgValue.Malformed', 'dot'] as const),
  ],
  ['a list over 60 KB', set(whiteList({ refer_domain_allow_list: over })), 400, 'InvalidArgValue.Malformed', '61440'],
  [
    'both lists',
    set(text([...JSON.parse(whiteList()), ...JSON.parse(blackList())])),
    400,
    'ConfigurationConflicts',
    'both',
  ],
  ['the identifier of nothing', set(whiteList({}, { configId: 1 })), 400, 'InvalidConfigId.NotFound', DOMAIN],
  ['an identifier with a zero', set(whiteList({}, { configId: '01' })), 400, 'InvalidConfigId.NotFound', DOMAIN],
  ['a rule condition', set(whiteList({}, { parentId: 222 })), 400, 'Function.InvalidParentId', 'parentId'],
  ['a rule condition as text', set(whiteList({}, { parentId: '222' })), 400, 'Function.InvalidParentId', 'parentId'],
  [
    'a parameter with two values',
    { ...set(whiteList()), form: { DomainNames: 'video.shop.example' } },
    ...([400, 'InvalidParameter', 'DomainNames'] as const),
  ],
];

describe('errors of the CDN API', () => {
  let dir: RulesDir;
  let service: CdnService;

  before(async () => {
    dir = new RulesDir();
    service = await cdnService(dir);
  });

  after(() => dir.dispose());

  for (const [title, request, status, code, message] of rows) {
    it(`${title}: ${status} ${code}`, async () => {
      const answer = await service.ask(request);
      expect(answer).to.deep.include({ status });
      expect(answer.headers['content-type']).to.equal('application/json;charset=utf-8');
      expect(answer.body).to.have.all.keys('RequestId', 'HostId', 'Code', 'Message');
      expect(answer.body).to.include({ Code: code, HostId: '127.0.0.1' });
      expect(answer.body.Message).to.include(message);
      expect(answer.body.RequestId).to.match(/^[0-9A-F-]{36}$/);
      expect(service.internalErrors).to.deep.equal([]);
    });
  }

  it('tells a body that is too large', async () => {
    const answer = await service.answer({
      ...{ method: 'POST', rawPath: '/', rawQuery: 'Action=x', headers: new Map(), client: '127.0.0.1' },
      body: () => Promise.resolve('too-large'),
    });
    expect(answer.status).to.equal(413);
    expect(JSON.parse(answer.body)).to.include({ Code: 'RequestEntityTooLarge' });
  });

  it('answers JSON when it fails itself, and tells of it', async () => {
    const failure = new Error('nothing there');
    const answer = await service.answer({
      ...{ method: 'POST', rawPath: '/', rawQuery: 'Action=x', headers: new Map(), client: '127.0.0.1' },
      body: () => Promise.reject(failure),
    });
    expect([answer.status, JSON.parse(answer.body).Code]).to.deep.equal([500, 'InternalError']);
    expect(service.internalErrors.splice(0)).to.deep.equal([failure]);
  });
});
