import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { ManageAnswer } from '#refgate/manage/manage-answer.js';
import { manageSettings } from '../../../support/manage-settings.js';
import { type OssService, ossService } from '../../../support/oss-service.js';
import { RulesDir } from '../../../support/rules-dir.js';
import type { OssCall } from '../../../support/sign-oss.js';
import { xmlElements } from '../../../support/xml-elements.js';

const body = (...entries: readonly string[]): string =>
  `<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList>${entries
    .map((entry) => `<Referer>${entry}</Referer>`)
    .join('')}</RefererList></RefererConfiguration>`;
const bucket = 'shop-images';
const put = (...entries: readonly string[]): OssCall => ({ method: 'PUT', bucket, body: body(...entries) });

function codeOf({ status, body: document }: ManageAnswer): string {
  return `${status} ${xmlElements(document)['Error/Code']}`;
}

describe('the OSS API', () => {
  let dir: RulesDir;
  let service: OssService;
  beforeEach(async () => {
    dir = new RulesDir();
    service = await ossService(dir);
  });
  afterEach(() => dir.dispose());

  it('answers a change when it is in force', async () => {
    const answer = await service.ask(put('http://a.example/'));
    expect(answer).to.deep.include({ status: 200, body: '' });
    expect(answer.headers).to.include({ 'x-refgate-generation': String(service.rules.store.generation) });
    expect(answer.headers['x-oss-request-id']).to.match(/^[0-9A-F]{24}$/);
    expect(answer.headers).not.to.have.property('content-type');
    expect(service.rules.store.current?.policies.map(({ name }) => name)).to.deep.equal([bucket]);
  });

  it('tells what was put', async () => {
    await service.ask(put('http://a.example/'));
    const answer = await service.ask({ bucket });
    expect(answer.headers).to.include({ 'content-type': 'application/xml', server: 'AliyunOSS' });
    expect(xmlElements(answer.body)).to.deep.equal({
      'RefererConfiguration/AllowEmptyReferer': 'false',
      'RefererConfiguration/AllowTruncateQueryString': 'true',
      'RefererConfiguration/TruncatePath': 'false',
      'RefererConfiguration/RefererList/Referer': 'http://a.example/',
    });
  });

  it('tells of a bucket that was never set, and writes nothing for it', async () => {
    expect(await service.get(bucket))
      .to.contain('<RefererList/>')
      .and.contain('<AllowEmptyReferer>true<');
    expect(existsSync(dir.at(`managed/${bucket}.yaml`))).to.equal(false);
  });

  it('keeps comments, and what it is not about', async () => {
    await service.ask(put('http://a.example/'));
    const path = dir.at(`managed/${bucket}.yaml`);
    dir.write(`managed/${bucket}.yaml`, `# by hand\n${readFileSync(path, 'utf8')}    mode: shadow # for now\n`);
    expect((await service.ask(put('http://b.example/'))).status).to.equal(200);
    const text = readFileSync(path, 'utf8');
    expect(text).to.contain('# by hand').and.contain('mode: shadow # for now').and.contain('http://b.example/');
  });

  it('writes a change that changes nothing at no generation of its own', async () => {
    const first = await service.ask(put('http://a.example/'));
    const second = await service.ask(put('http://a.example/'));
    expect(second.status).to.equal(200);
    expect(second.headers['x-refgate-generation']).to.equal(first.headers['x-refgate-generation']);
  });

  it('audits changes', async () => {
    const requestId = (await service.ask(put('http://a.example/'))).headers['x-oss-request-id'];
    const [line] = service.audited;
    expect(line).to.deep.include({
      by: { actor: 'ak', action: 'PutBucketReferer', client: '127.0.0.1', requestId },
      generation: service.rules.store.generation,
    });
    expect(line).to.have.nested.property('changes[0].after.name', bucket);
    expect(service.audited).to.have.length(1);
  });

  it('audits refused changes, and no reads', async () => {
    await service.ask({ ...put('a'), secret: 'wrong' });
    await service.ask({ ...put('a'), body: '<a/>' });
    await service.ask({ ...put('a'), bucket: 'other' });
    await service.ask({ bucket, secret: 'wrong' });
    await service.ask({ method: 'PUT', bucket, query: 'acl' });
    const told = service.audited.map((line) => 'code' in line && [line.by.actor, line.policy, line.target, line.code]);
    expect(told).to.deep.equal([
      ['ak', bucket, bucket, 'SignatureDoesNotMatch'],
      ['ak', bucket, bucket, 'MalformedXML'],
      ['ak', undefined, 'other', 'NoSuchBucket'],
    ]);
  });

  it('audits no call of an address that fails too often', async () => {
    service.admitsFailures = false;
    expect(codeOf(await service.ask({ ...put('a'), secret: 'wrong' }))).to.equal('503 QpsLimitExceeded');
    expect(service.audited).to.deep.equal([]);
  });

  it('audits what the client was told, but for what was to be signed', async () => {
    const wrong = await service.ask({ ...put('a'), secret: 'wrong' });
    const malformed = await service.ask({ ...put('a'), body: '<a/>' });
    service.settings = { ...manageSettings(), readOnly: true };
    const denied = await service.ask(put('a'));
    const answers = [wrong, malformed, denied];
    const details = service.audited.map((line) => ('detail' in line ? line.detail : ''));
    expect(details).to.deep.equal(answers.map(({ body: document }) => xmlElements(document)['Error/Message']));
    expect(details[2]).to.contain('readOnly');
    expect(wrong.body).to.contain('<StringToSign>');
    expect(JSON.stringify(service.audited)).to.not.contain('/?referer');
    const ids = answers.map(({ headers }) => headers['x-oss-request-id']);
    expect(service.audited.map(({ by }) => by.requestId)).to.deep.equal(ids);
    expect(service.failures.map(({ requestId }) => requestId)).to.deep.equal(ids.slice(0, 1));
  });

  it('looks at who calls, the bucket, the right, the operation and the body in this order', async () => {
    const worst = { method: 'PUT', bucket: 'other', query: 'acl', body: '<' };
    service.settings = manageSettings({ rights: { '*': 'viewer' } });
    expect(codeOf(await service.ask({ ...worst, secret: 'wrong' }))).to.equal('403 SignatureDoesNotMatch');
    expect(codeOf(await service.ask(worst))).to.equal('404 NoSuchBucket');
    expect(codeOf(await service.ask({ ...worst, bucket }))).to.equal('403 AccessDenied');
    service.settings = manageSettings();
    expect(codeOf(await service.ask({ ...worst, bucket }))).to.equal('400 OperationNotSupported');
    expect(codeOf(await service.ask({ ...worst, bucket, query: 'referer' }))).to.equal('400 MalformedXML');
  });

  it('limits the rate of a key once its signature holds', async () => {
    service.admits = false;
    expect(codeOf(await service.ask(put('a')))).to.equal('503 QpsLimitExceeded');
    expect(codeOf(await service.ask({ ...put('a'), secret: 'wrong' }))).to.equal('403 SignatureDoesNotMatch');
  });

  it('refuses an entry that no rule file may hold', async () => {
    const answer = await service.ask(put('http://a.example/', 'a'.repeat(4097)));
    expect(codeOf(answer)).to.equal('400 InvalidArgument');
    expect(xmlElements(answer.body)['Error/ArgumentName']).to.equal('RefererList');
    expect(xmlElements(answer.body)['Error/Message']).to.match(/^RefererList, entry 2: /);
    expect(await service.get(bucket)).to.contain('<RefererList/>');
  });

  it('does not write a policy that is in another file, and tells it', async () => {
    const policy = { name: bucket, referer: { dialect: 'oss', allow: ['http://a.example/'] } };
    dir.write('hand.yaml', JSON.stringify({ policies: [policy] }));
    expect(codeOf(await service.ask(put('b')))).to.equal('409 PolicyNameConflict');
    expect(await service.get(bucket)).to.contain('<Referer>http://a.example/</Referer>');
  });

  it('writes nothing while the rules cannot be loaded', async () => {
    dir.write('broken.yaml', 'policies: [');
    const answer = await service.ask(put('a'));
    expect(codeOf(answer)).to.equal('503 ServiceUnavailable');
    expect(xmlElements(answer.body)['Error/Message']).to.match(/Nothing was changed\.$/);
    expect(existsSync(dir.at(`managed/${bucket}.yaml`))).to.equal(false);
  });

  it('reads while another file is broken, and says of its own that it is', async () => {
    await service.ask(put('http://a.example/'));
    dir.write('broken.yaml', 'policies: [');
    expect(await service.get(bucket)).to.contain('<Referer>http://a.example/</Referer>');
    dir.write(`managed/${bucket}.yaml`, 'policies: [');
    const answer = await service.ask({ bucket });
    expect(codeOf(answer)).to.equal('503 ServiceUnavailable');
    expect(xmlElements(answer.body)['Error/Message'])
      .to.match(/cannot be read now/)
      .and.not.match(/changed/);
  });

  it('tells nothing of a mistake of its own', async () => {
    const failing = {
      ...service.rules.policies,
      read: () => Promise.reject(new Error('sk-secret')),
    };
    Object.assign(service.rules.policies, failing);
    const answer = await service.ask({ bucket });
    expect(codeOf(answer)).to.equal('500 InternalError');
    expect(answer.body).not.to.contain('sk-secret');
    expect(service.internalErrors).to.have.length(1);
  });

  it('loses no change of a hundred that come together', async () => {
    const names = Array.from({ length: 50 }, (_, at) => `bucket-${at}`);
    service.settings = manageSettings({
      buckets: Object.fromEntries(names.map((name) => [name, [`${name}.example`]])),
    });
    const before = service.rules.store.generation;
    const calls = [...names, ...names].map((name, at) =>
      service.ask({ method: 'PUT', bucket: name, body: body(`http://${name}-${at}.example/`) }),
    );
    for (const answer of await Promise.all(calls)) {
      expect(answer.status, answer.body).to.equal(200);
      expect(Number(answer.headers['x-refgate-generation'])).to.be.greaterThan(before);
    }
    for (const [at, name] of names.entries()) {
      expect(await service.get(name)).to.contain(`<Referer>http://${name}-${at + 50}.example/</Referer>`);
    }
    expect(service.audited).to.have.length(100);
  });
});
