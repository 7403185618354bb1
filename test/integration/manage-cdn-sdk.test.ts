import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { CdnClient, refusalOf } from '../support/cdn-client.js';
import { blackList, functionsText, whiteList } from '../support/cdn-functions.js';
import { type ManagedRefgate, passes, startManaged } from '../support/managed-refgate.js';
import { RulesDir } from '../support/rules-dir.js';

const DOMAIN = 'cdn.shop.example';
const many = Array.from({ length: 50 }, (_, index) => `d${index}.example`);

const settings = `
requestsPerSecond: 0
accessKeys:
  - { id: ak, secret: sk, domains: { "*": editor } }
  - { id: viewer, secret: sk2, domains: { ${DOMAIN}: viewer } }
domains: [${DOMAIN}, video.shop.example, taken.example, { name: .wild.example, policy: wild }, ${many.join(', ')}]
`;

const byHand =
  'policies: [{ name: taken.example, match: { hosts: [taken.example] }, referer: { allow: [a.example] } }]\n';

describe('the CDN client of npm', () => {
  let dir: RulesDir;
  let refgate: ManagedRefgate;
  let client: CdnClient;

  before(async () => {
    dir = new RulesDir({ 'hand.yaml': byHand });
    refgate = await startManaged(dir, settings);
    client = new CdnClient(refgate);
  });

  after(async () => {
    await refgate.process.stop();
    dir.dispose();
  });

  it('sets a white list, which is in force when it is answered', async () => {
    expect(await passes(refgate, DOMAIN, 'https://leech.example/')).to.equal(true);
    const args = { refer_domain_allow_list: 'shop.example,*.partner.example', allow_empty: 'on', ignore_scheme: 'on' };
    const { models, headers } = await client.set(DOMAIN, functionsText('referer_white_list_set', args));
    expect(await passes(refgate, DOMAIN, 'https://leech.example/')).to.equal(false);
    expect(await passes(refgate, DOMAIN, 'https://www.shop.example/')).to.equal(true);
    expect(await passes(refgate, DOMAIN, 'a.partner.example/x')).to.equal(true);
    expect(await passes(refgate, DOMAIN)).to.equal(true);
    expect(Number(headers['x-refgate-generation'])).to.be.greaterThan(1);
    const [{ configId = 0 } = {}] = models;
    expect(models).to.deep.include({ configId, domainName: DOMAIN, functionName: 'referer_white_list_set' });
    const described = { id: String(configId), name: 'referer_white_list_set', status: 'success', parentId: '-1', args };
    expect(await client.describe(DOMAIN)).to.deep.equal([described]);
    expect(await client.describe(DOMAIN, { functionNames: 'referer_white_list_set' })).to.deep.equal([described]);
    expect(await client.describe(DOMAIN, { configId: String(configId) })).to.deep.equal([described]);
  });

  it('overwrites it and keeps its identifier', async () => {
    const [{ configId = 0 } = {}] = (await client.set(DOMAIN, whiteList({ allow_empty: 'off' }))).models;
    const again = await client.set(DOMAIN, whiteList({ refer_domain_allow_list: 'new.example' }, { configId }));
    expect(again.models[0]?.configId).to.equal(configId);
    const [described] = await client.describe(DOMAIN);
    expect(described?.args).to.deep.equal({ refer_domain_allow_list: 'new.example' });
    expect(await passes(refgate, DOMAIN, 'https://shop.example/')).to.equal(false);
    expect(await passes(refgate, DOMAIN, 'https://new.example/')).to.equal(true);
  });

  it('deletes it, and sets a black list then', async () => {
    const [{ configId } = {}] = (await client.set(DOMAIN, whiteList())).models;
    expect(await refusalOf(client.set(DOMAIN, blackList()))).to.include({
      code: 'ConfigurationConflicts',
      statusCode: 400,
    });
    await client.delete(DOMAIN, String(configId));
    expect(existsSync(dir.at(`managed/${DOMAIN}.yaml`))).to.equal(false);
    expect(await client.describe(DOMAIN)).to.deep.equal([]);
    expect(await passes(refgate, DOMAIN, 'https://leech.example/')).to.equal(true);
    await client.set(DOMAIN, blackList({ allow_empty: 'on', disable_ast: 'on' }));
    expect(await passes(refgate, DOMAIN, 'https://leech.example/')).to.equal(false);
    expect(await passes(refgate, DOMAIN, 'https://www.leech.example/')).to.equal(true);
    await client.deleteAll(DOMAIN, 'referer_white_list_set,referer_black_list_set');
    expect(await passes(refgate, DOMAIN, 'https://leech.example/')).to.equal(true);
  });

  it('puts a list of 60 KB into the query', async () => {
    const hosts = Array.from({ length: 4000 }, (_, index) => `host${index}.example`);
    const list = hosts.join(',').slice(0, 61_440);
    await client.set(DOMAIN, whiteList({ refer_domain_allow_list: list }));
    expect((await client.describe(DOMAIN))[0]?.args['refer_domain_allow_list']).to.equal(list);
    expect(await passes(refgate, DOMAIN, 'https://host3000.example/')).to.equal(true);
    const over = client.set(DOMAIN, whiteList({ refer_domain_allow_list: `${list}xyz` }));
    expect(await refusalOf(over)).to.include({ code: 'InvalidArgValue.Malformed', statusCode: 400 });
    await client.deleteAll(DOMAIN, 'referer_white_list_set');
  });

  it('sets a wildcard domain', async () => {
    await client.set('.wild.example', whiteList());
    expect(await passes(refgate, 'a.wild.example', 'https://leech.example/')).to.equal(false);
    expect(await passes(refgate, 'wild.example', 'https://leech.example/')).to.equal(true);
  });

  it('sets several domains or none', async () => {
    await client.set('video.shop.example', blackList());
    const refused = refusalOf(client.set(`${DOMAIN},video.shop.example`, whiteList()));
    expect(await refused).to.include({ code: 'ConfigurationConflicts' });
    expect(await client.describe(DOMAIN)).to.deep.equal([]);
    expect(await passes(refgate, DOMAIN, 'https://leech.example/')).to.equal(true);
  });

  it('sets 50 domains in one call, and in 50 at once', async () => {
    const { models } = await client.set(many.join(','), blackList());
    expect(models.map(({ domainName }) => domainName)).to.deep.equal(many);
    const lists = many.map((name) => client.set(name, blackList({ refer_domain_deny_list: `only-${name}` })));
    await Promise.all(lists);
    for (const name of many) expect(await passes(refgate, name, `https://only-${name}/`)).to.equal(false);
    for (const name of many) expect(await passes(refgate, name, 'https://leech.example/')).to.equal(true);
    await client.deleteAll(many.join(','), 'referer_black_list_set');
  });

  it('signs with temporary credentials too, whose token means nothing here', async () => {
    const temporary = new CdnClient(refgate, { securityToken: 'sts+token/=' });
    expect(await temporary.status(DOMAIN)).to.equal('online');
  });

  describe('throws', () => {
    const rows: readonly [
      code: string,
      statusCode: number,
      message: string,
      call: (client: CdnClient) => Promise<unknown>,
    ][] = [
      ['InvalidDomain.NotFound', 404, 'other.example', (each) => each.status('other.example')],
      ['InvalidDomain.NotFound', 404, 'other.example', (each) => each.describe('other.example')],
      ['MissingParameter', 400, 'ConfigId', (each) => each.delete(DOMAIN, '')],
      [
        'MissingParameter',
        400,
        'refer_domain_allow_list',
        (each) => each.set(DOMAIN, functionsText('referer_white_list_set', {})),
      ],
      ['InvalidFunctions.Malformed', 400, 'JSON', (each) => each.set(DOMAIN, '{}')],
      [
        'InvalidFunctionName.ValueNotSupported',
        400,
        'FunctionName [aliauth] is not supported.',
        (each) => each.deleteAll(DOMAIN, 'aliauth'),
      ],
      ['InvalidArgName.ValueNotSupported', 400, 'x', (each) => each.set(DOMAIN, whiteList({ x: 'on' }))],
      ['InvalidArgValue.Malformed', 400, 'allow_empty', (each) => each.set(DOMAIN, whiteList({ allow_empty: 'yes' }))],
      ['InvalidConfigId.NotFound', 400, 'configId', (each) => each.set(DOMAIN, whiteList({}, { configId: 1 }))],
      ['Function.InvalidParentId', 400, 'parentId', (each) => each.set(DOMAIN, whiteList({}, { parentId: 1 }))],
      ['TooManyDomains', 400, '51 domains', (each) => each.set(`${many.join(',')},x.example`, whiteList())],
      ['PolicyNameConflict', 409, 'hand.yaml', (each) => each.set('taken.example', whiteList())],
    ];

    for (const [code, statusCode, message, call] of rows) {
      it(`${code} with status ${statusCode}: ${message}`, async () => {
        const refusal = await refusalOf(call(client));
        expect(refusal).to.include({ name: 'ClientError', code, statusCode });
        expect(refusal.message).to.include(message);
        expect(refusal.message).to.match(
          new RegExp(`^${code}: code: ${statusCode}, .* request id: ${refusal.requestId}$`, 's'),
        );
        expect(refusal.data).to.include({ Code: code, RequestId: refusal.requestId, HostId: refgate.manage });
      });
    }

    it('SignatureDoesNotMatch with what the server signed', async () => {
      const stranger = new CdnClient(refgate, { accessKeySecret: 'guessed' });
      const refusal = await refusalOf(stranger.status(DOMAIN));
      expect(refusal).to.include({ code: 'SignatureDoesNotMatch', statusCode: 400 });
      expect(refusal.data['Message']).to.match(/server string to sign is:ACS3-HMAC-SHA256\n[0-9a-f]{64}$/);
    });

    it('InvalidAccessKeyId.NotFound and Forbidden.RAM', async () => {
      const stranger = new CdnClient(refgate, { accessKeyId: 'other' });
      expect(await refusalOf(stranger.status(DOMAIN))).to.include({
        code: 'InvalidAccessKeyId.NotFound',
        statusCode: 404,
      });
      const viewer = new CdnClient(refgate, { accessKeyId: 'viewer', accessKeySecret: 'sk2' });
      expect(await viewer.status(DOMAIN)).to.equal('online');
      const forbidden = { code: 'Forbidden.RAM', statusCode: 403 };
      expect(await refusalOf(viewer.set(DOMAIN, whiteList()))).to.include(forbidden);
      expect(await refusalOf(viewer.status('video.shop.example'))).to.include(forbidden);
    });

    it('ServiceUnavailable while a rule file of others is broken', async () => {
      dir.write('broken.yaml', 'policies: [');
      const refusal = await refusalOf(client.set(DOMAIN, whiteList()));
      expect(refusal).to.include({ name: 'ServerError', code: 'ServiceUnavailable', statusCode: 503 });
      expect(existsSync(dir.at(`managed/${DOMAIN}.yaml`))).to.equal(false);
      dir.write('broken.yaml', 'policies: []');
    });
  });
});

describe('the CDN client of npm, where it may do less', () => {
  it('is told of a read-only service, and of too many requests', async () => {
    const dir = new RulesDir({ 'hand.yaml': byHand });
    const refgate = await startManaged(
      dir,
      `readOnly: true\n${settings.replace('requestsPerSecond: 0', 'requestsPerSecond: 1')}`,
    );
    const client = new CdnClient(refgate);
    expect(await refusalOf(client.set(DOMAIN, whiteList()))).to.include({ code: 'Forbidden.RAM', statusCode: 403 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => refusalOf(client.set(DOMAIN, whiteList()))));
    const throttled = answers.filter(({ code }) => code === 'Throttling.User');
    expect(throttled[0]).to.include({ name: 'ThrottlingError', statusCode: 400 });
    await refgate.process.stop();
    dir.dispose();
  });
});
