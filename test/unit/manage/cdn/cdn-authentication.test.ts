import { expect } from 'chai';
import { whiteList } from '../../../support/cdn-functions.js';
import { type CdnAnswer, type CdnService, cdnService } from '../../../support/cdn-service.js';
import { RulesDir } from '../../../support/rules-dir.js';
import { type AcsCall, signAcs } from '../../../support/sign-acs.js';
import { type RawRequest, toManageRequest } from '../../../support/sign-oss.js';

const DOMAIN = 'cdn.shop.example';
const DESCRIBE: AcsCall = { action: 'DescribeCdnDomainConfigs', query: { DomainName: DOMAIN } };
const SCHEMES = ['acs3', 'rpc'] as const;

describe('who calls the CDN API', () => {
  let dir: RulesDir;
  let service: CdnService;

  beforeEach(async () => {
    dir = new RulesDir();
    service = await cdnService(dir);
  });

  afterEach(() => dir.dispose());

  for (const scheme of SCHEMES) {
    describe(`by ${scheme}`, () => {
      const good: AcsCall = { ...DESCRIBE, scheme };

      it('is known by the signature', async () => {
        expect((await service.ask(good)).status).to.equal(200);
        expect((await service.ask({ ...good, method: 'GET' })).status).to.equal(200);
        expect(service.failures).to.deep.equal([]);
      });

      it('is not known without the secret', async () => {
        const { status, body } = await service.ask({ ...good, secret: 'other' });
        expect([status, body.Code]).to.deep.equal([400, 'SignatureDoesNotMatch']);
        expect(body.Message).to.match(/server string to sign is:(ACS3-HMAC-SHA256\n[0-9a-f]{64}|POST&%2F&[^:]+)$/);
        const { cause, ...failure } = service.failures[0] ?? {};
        const call = { api: 'cdn', client: '127.0.0.1', requestId: body.RequestId };
        expect(failure).to.deep.equal({ ...call, accessKeyId: 'ak', code: 'SignatureDoesNotMatch' });
        expect(cause).to.match(/^none of the usual mistakes fits, so the secret is probably another one: compare it/);
      });

      it('is not known by an unknown key, and is told of white space', async () => {
        const { status, body } = await service.ask({ ...good, accessKeyId: 'other' });
        expect([status, body.Code]).to.deep.equal([404, 'InvalidAccessKeyId.NotFound']);
        await service.ask({ ...good, accessKeyId: 'ak ' });
        expect(service.failures.map(({ cause }) => cause)).to.deep.equal([
          'the settings have no access key of this id: compare it with theirs, which are read again at SIGHUP only',
          'the settings know "ak": ids are case-sensitive, and white space counts',
        ]);
      });

      it('dates the call within the skew', async () => {
        const ago = (seconds: number) => ({ ...good, date: new Date(Date.now() - seconds * 1000) });
        for (const seconds of [-890, 0, 890]) expect(await codeOf(ago(seconds))).to.equal('200 undefined');
        for (const seconds of [-910, 910]) expect(await codeOf(ago(seconds))).to.equal('400 InvalidTimeStamp.Expired');
        expect(service.failures[0]?.cause).to.match(/^its clock is 9\d\d s ahead: /);
        expect(service.failures[1]?.cause).to.match(/^its clock is 9\d\d s behind: /);
      });

      it('signs each call with a nonce of its own', async () => {
        const raw = signAcs({ ...good, nonce: 'once' });
        expect((await send(raw)).status).to.equal(200);
        const again = await send(raw);
        expect([again.status, again.body.Code]).to.deep.equal([400, 'SignatureNonceUsed']);
        expect(await codeOf({ ...good, nonce: 'once' })).to.equal('400 SignatureNonceUsed');
      });

      it('cannot use up the nonces of others', async () => {
        expect(await codeOf({ ...good, nonce: 'theirs', secret: 'guessed' })).to.equal('400 SignatureDoesNotMatch');
        expect(await codeOf({ ...good, nonce: 'theirs' })).to.equal('200 undefined');
      });

      it('wins once when a call is replayed in parallel', async () => {
        const query = { DomainNames: DOMAIN, Functions: whiteList() };
        const raw = signAcs({ scheme, action: 'BatchSetCdnDomainConfig', query });
        const answers = await Promise.all(Array.from({ length: 20 }, () => send(raw)));
        expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
        expect(answers.filter(({ body }) => body.Code === 'SignatureNonceUsed')).to.have.length(19);
      });

      it('is refused while there is no room for nonces', async () => {
        service.nonces = 'full';
        expect(await codeOf(good)).to.equal('400 Throttling.User');
        expect(service.failures).to.deep.equal([]);
      });

      it('learns nothing more after too many failures', async () => {
        service.admitsFailures = false;
        for (const bad of [{ secret: 'other' }, { accessKeyId: 'other' }, { date: new Date(0) }]) {
          const { status, body } = await service.ask({ ...good, ...bad });
          expect([status, body.Code]).to.deep.equal([400, 'Throttling.User']);
          expect(body.Message).to.not.match(/string to sign|found|clock/);
        }
        expect(service.failures).to.have.length(3);
        expect(await codeOf(good)).to.equal('200 undefined');
      });

      it('has the secret in no answer and no log line', async () => {
        const all = [await service.ask(good), await service.ask({ ...good, secret: 'sk ' })];
        expect(JSON.stringify([all, service.failures, service.audited])).to.not.match(/"sk|\bsk\b/);
        expect(service.failures[0]?.cause).to.match(/^the secret has white space/);
      });

      it('that sends the secret as its id has it in no log line', async () => {
        const change = { ...good, action: 'BatchSetCdnDomainConfig', accessKeyId: 'sk' };
        expect(await codeOf(change)).to.equal('404 InvalidAccessKeyId.NotFound');
        expect(service.failures[0]?.cause).to.match(/^the client sends a secret as the id/);
        expect(JSON.stringify([service.failures, service.audited])).to.not.match(/\bsk\b/);
        expect(service.audited).to.have.length(1);
      });

      it('may add what the query or the form has, and nothing else', async () => {
        const raw = signAcs({ ...good, form: { FunctionNames: 'referer_white_list_set' } });
        expect((await send(raw)).status).to.equal(200);
        const mutants = [
          { ...raw, body: 'FunctionNames=referer_black_list_set' },
          { ...raw, body: `${raw.body}&a=b` },
          { ...raw, target: `${raw.target}&a=` },
          { ...raw, target: raw.target.replace(DOMAIN, 'video.shop.example') },
          { ...raw, method: 'GET' },
        ];
        for (const mutant of mutants) expect((await send(mutant)).body.Code).to.equal('SignatureDoesNotMatch');
      });
    });
  }

  it('audits refused changes of strangers, as they name themselves, unless they are too many', async () => {
    const change: AcsCall = {
      action: 'BatchSetCdnDomainConfig',
      query: { DomainNames: DOMAIN, Functions: whiteList() },
    };
    const { body } = await service.ask({ ...change, accessKeyId: 'x'.repeat(1000) });
    service.admitsFailures = false;
    await service.ask({ ...change, secret: 'other' });
    const call = { action: change.action, client: '127.0.0.1', requestId: body.RequestId };
    const by = { actor: `${'x'.repeat(127)}…`, ...call };
    const refusal = { policy: DOMAIN, target: DOMAIN, code: 'InvalidAccessKeyId.NotFound', detail: body.Message };
    expect(service.audited).to.deep.equal([{ by, ...refusal }]);
  });

  it('audits of a wrong signature all but what was to be signed', async () => {
    const query = { DomainNames: DOMAIN, Functions: whiteList() };
    for (const scheme of SCHEMES) {
      await service.ask({ scheme, action: 'BatchSetCdnDomainConfig', query, secret: 'other' });
    }
    expect(service.audited.map((line) => 'detail' in line && line.detail)).to.deep.equal(
      SCHEMES.map(() => 'Specified signature is not matched with our calculation.'),
    );
  });

  it('is told of a call that is too large to be explained', async () => {
    await service.ask({ ...DESCRIBE, form: { a: 'x'.repeat(300_000) }, secret: 'other' });
    expect(service.failures[0]?.cause).to.equal('the call is too large for the usual mistakes to be tried');
  });

  it('says why where the call cannot be read', async () => {
    const acs3 = signAcs(DESCRIBE);
    const auth = acs3.headers['authorization'] ?? '';
    const mutants: readonly [Partial<Record<string, string | undefined>>, string][] = [
      [{ authorization: undefined }, 'not signed'],
      [{ authorization: 'Bearer x' }, 'not signed'],
      [{ authorization: auth.replace('ACS3-HMAC-SHA256', 'ACS3-RSA-SHA256') }, 'ACS3-HMAC-SHA256'],
      [{ authorization: auth.replace('Credential=', 'Key=') }, 'Credential'],
      [{ authorization: `${auth},Signature=0` }, 'Signature'],
      [{ authorization: auth.replace('host;', '') }, 'host is missing'],
      [{ authorization: auth.replace(';x-acs-signature-nonce', '') }, 'x-acs-signature-nonce is missing'],
      [{ 'x-acs-date': undefined }, 'x-acs-date'],
      [{ 'x-acs-signature-nonce': '' }, 'nonce'],
    ];
    for (const [change, message] of mutants) {
      const headers = Object.entries({ ...acs3.headers, ...change }).filter(
        (each): each is [string, string] => each[1] !== undefined,
      );
      const { status, body } = await send({ ...acs3, headers: Object.fromEntries(headers) });
      expect([status, body.Code], message).to.deep.equal([400, 'IncompleteSignature']);
      expect(body.Message).to.include(message);
    }
    const rpc = signAcs({ ...DESCRIBE, scheme: 'rpc' });
    for (const [from, to] of [
      [/&SignatureNonce=[^&]*/, ''],
      [/AccessKeyId=ak&/, ''],
      [/HMAC-SHA1/, 'HMAC-SHA256'],
      [/SignatureVersion=1.0/, 'SignatureVersion=2.0'],
      [/&SignatureType=/, '&SignatureType=&Timestamp=2026-11-22T00:00:00Z'],
    ] as const) {
      const { status, body } = await send({ ...rpc, target: rpc.target.replace(from, to) });
      expect([status, body.Code], String(from)).to.deep.equal([400, 'IncompleteSignature']);
    }
  });

  for (const date of [
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    'Sun, 22 Nov 2026 00:10:55 GMT',
    '2026-11-22T00:00:00+08:00',
  ]) {
    it(`cannot read the date ${JSON.stringify(date)}`, async () => {
      expect(await codeOf({ ...DESCRIBE, headers: { 'x-acs-date': date } })).to.equal('400 InvalidTimeStamp.Format');
    });
  }

  it('reads no header that came twice', async () => {
    const request = toManageRequest(signAcs(DESCRIBE));
    for (const name of ['authorization', 'x-acs-date', 'x-acs-action', 'host']) {
      const [value = ''] = request.headers.get(name) ?? [];
      const headers = new Map([...request.headers, [name, [value, value]]]);
      const { body } = await service.answer({ ...request, headers });
      expect(JSON.parse(body).Code, name).to.equal('IncompleteSignature');
    }
  });

  describe('and why a signature is wrong', () => {
    it('is found for a changed body', async () => {
      const raw = signAcs({ ...DESCRIBE, form: { a: 'b' } });
      expect(await causeOf({ ...raw, body: 'a=c' })).to.match(/^the body is not the one whose hash is signed/);
    });

    it('is found for a host that a proxy wrote', async () => {
      const raw = signAcs({ ...DESCRIBE, headers: { host: 'cdn.aliyuncs.com' } });
      const host = { ...raw.headers, host: 'refgate:9194' };
      expect(await causeOf({ ...raw, headers: host })).to.match(/^the host was signed as cdn.aliyuncs.com/);
      const own = signAcs({ ...DESCRIBE, headers: { host: 'manage.shop.example' } });
      const forwarded = { ...own.headers, host: 'refgate:9194', 'x-forwarded-host': 'manage.shop.example' };
      expect(await causeOf({ ...own, headers: forwarded })).to.match(/^the host was signed as manage.shop.example/);
      const bare = signAcs({ ...DESCRIBE, headers: { host: 'refgate' } });
      expect(await causeOf({ ...bare, headers: { ...bare.headers, host: 'refgate:9194' } })).to.match(
        /signed as refgate /,
      );
    });

    for (const scheme of SCHEMES) {
      it(`is found for a plus sign (${scheme})`, async () => {
        const raw = signAcs({ ...DESCRIBE, scheme, query: { a: 'b+c' } });
        expect(await causeOf({ ...raw, target: raw.target.replace('b%2Bc', 'b+c') })).to.include(
          'signed with + for itself',
        );
      });
    }

    it('is found for a query that was signed as it stands in the URL', async () => {
      const raw = signAcs({ ...DESCRIBE, query: {}, mistake: { signedQuery: 'b=1&a=2' } });
      expect(await causeOf({ ...raw, target: '/?b=1&a=2' })).to.match(/^the query was signed as it stands/);
    });

    it('is found for what old clients of RPC style leave out', async () => {
      const leaveOut = signAcs({ ...DESCRIBE, scheme: 'rpc', mistake: { leaveOut: 'SignatureType' } });
      const withEmpty = { ...leaveOut, target: `${leaveOut.target}&SignatureType=` };
      expect(await causeOf(withEmpty)).to.match(/^empty parameters were not signed/);
      const bareKey = signAcs({ ...DESCRIBE, scheme: 'rpc', mistake: { keyEnd: '' } });
      expect(await causeOf(bareKey)).to.match(/^the key of the HMAC lacks the &/);
      const query = signAcs({ ...DESCRIBE, scheme: 'rpc' });
      expect(await causeOf({ ...query, body: 'a=b' })).to.match(/^the query alone was signed/);
    });
  });

  async function causeOf(raw: RawRequest): Promise<string | undefined> {
    const { body } = await send(raw);
    expect(body.Code).to.equal('SignatureDoesNotMatch');
    return service.failures.splice(0)[0]?.cause;
  }

  async function send(raw: RawRequest): Promise<CdnAnswer> {
    const { body, ...head } = await service.answer(toManageRequest(raw));
    return { ...head, body: JSON.parse(body) };
  }

  async function codeOf(call: AcsCall): Promise<string> {
    const { status, body } = await service.ask(call);
    return `${status} ${body.Code}`;
  }
});
