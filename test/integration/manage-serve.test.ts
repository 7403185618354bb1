import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect } from 'chai';
import { type Answer, exchange } from '../support/http-exchange.js';
import { type LogLine, logged } from '../support/logged.js';
import { fromRoot } from '../support/paths.js';
import { type RefgateProcess, startRefgate } from '../support/refgate-process.js';
import { RulesDir } from '../support/rules-dir.js';
import { type OssCall, signOss } from '../support/sign-oss.js';
import { StartedProcess, stopLeftovers } from '../support/started-process.js';
import { xmlElements } from '../support/xml-elements.js';

const secrets = ['sk-shop-secret', 'tk-ci-secret', 'tk-file-secret'];

const settings = `accessKeys:
  - id: AKSHOP
    secret: sk-shop-secret
    buckets: { shop-images: editor }
    domains: { cdn.shop.example: editor }
tokens:
  - { name: ci, secret: tk-ci-secret, role: editor }
  - { name: file, secretFile: token.txt, role: viewer }
buckets:
  - { name: shop-images, hosts: [img.shop.example] }
domains: [cdn.shop.example]
`;

const otherRules =
  'policies:\n  - { name: site, match: { hosts: [site.example] }, referer: { allow: [one.example] } }\n';

describe('serve, managed by API', () => {
  let dir: RulesDir;
  const configure = (text: string): void => writeFileSync(dir.beside('manage.yaml'), text);
  const manageFlags = (listen = '127.0.0.1:0'): string[] => [
    '--manage-listen',
    listen,
    '--manage-config',
    dir.beside('manage.yaml'),
  ];
  const start = (listen?: string): Promise<RefgateProcess> =>
    startRefgate({ rules: dir.path, args: manageFlags(listen) });

  /** What a start says that fails, and its exit code. */
  const failing = async (...args: string[]): Promise<{ code: unknown; lines: string[] }> => {
    const listen = ['grpc', 'http', 'admin'].flatMap((name) => [`--${name}-listen`, 'off']);
    const command = [fromRoot('dist/main.js'), 'serve', '--rules', dir.path, ...listen, ...args];
    const started = new StartedProcess(process.execPath, command);
    const code = await started.exited;
    return { code, lines: started.lines.map((line) => line.replaceAll(`${dir.around}/`, '')) };
  };

  const oss = ({ manage }: RefgateProcess, call: OssCall): Promise<Answer> => {
    const key = { accessKeyId: 'AKSHOP', secret: 'sk-shop-secret', bucket: 'shop-images' };
    const { method, target, headers, body } = signOss({ ...key, ...call });
    return exchange(manage, { method, path: target, headers: Object.entries(headers).flat(), body });
  };
  const put = (refgate: RefgateProcess, ...referers: string[]): Promise<Answer> => {
    const list = referers.map((referer) => `<Referer>${referer}</Referer>`).join('');
    const body = `<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList>${list}</RefererList></RefererConfiguration>`;
    return oss(refgate, { method: 'PUT', body });
  };

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': otherRules });
    writeFileSync(dir.beside('token.txt'), 'tk-file-secret\n');
    configure(settings);
  });

  afterEach(async () => {
    await stopLeftovers();
    dir.dispose();
  });

  it('is off unless it is asked for', async () => {
    const refgate = await startRefgate({ rules: dir.path });
    expect(await logged(refgate.process, 'ready')).to.have.property('manage', null);
    expect(readdirSync(dir.path)).to.deep.equal(['rules.yaml']);
  });

  it('says where, and puts a change into a file, in force and into the log', async () => {
    const refgate = await start();
    expect(await logged(refgate.process, 'ready')).to.have.property('manage', refgate.manage);
    const { status, headers } = await put(refgate, 'http://shop.example/');
    expect(status).to.equal(200);
    expect(headers['x-refgate-generation']).to.equal('2');
    expect(readFileSync(dir.at('managed/shop-images.yaml'), 'utf8')).to.contain('http://shop.example/');
    const asked = ['Host', 'img.shop.example', 'Referer', 'http://leech.example/'];
    expect(await exchange(refgate.http, { path: '/authz/envoy/a.jpg', headers: asked })).to.include({ status: 403 });
    expect(await logged(refgate.process, 'audit')).to.deep.include({
      level: 'info',
      actor: 'AKSHOP',
      action: 'PutBucketReferer',
      policy: 'shop-images',
      result: 'applied',
      before: null,
      generation: 2,
      client: '127.0.0.1',
    });
    const { body } = await exchange(refgate.admin, { path: '/metrics' });
    expect(body).to.match(/^refgate_manage_requests_total\{api="oss",status="200"\} 1$/m);
    expect(body).to.match(/^refgate_manage_changes_total\{result="applied"\} 1$/m);
  });

  it('logs a change that it refused', async () => {
    const refgate = await start();
    const { headers, body } = await oss(refgate, { method: 'PUT', body: '<nonsense/>' });
    const line = await logged(refgate.process, 'audit');
    expect(line['detail']).to.equal(xmlElements(body)['Error/Message']);
    expect(line).to.include({
      requestId: headers['x-oss-request-id'],
      target: 'shop-images',
      result: 'refused',
      actor: 'AKSHOP',
      policy: 'shop-images',
      code: 'MalformedXML',
    });
  });

  it('logs of each access key why its signature is wrong, with the id of the request', async () => {
    const refgate = await start();
    for (const [accessKeyId, answered] of [
      ['AKSHOP', 'SignatureDoesNotMatch'],
      ['AKNOBODY', 'InvalidAccessKeyId'],
    ] as const) {
      const { headers } = await oss(refgate, { method: 'GET', accessKeyId, secret: 'another' });
      const line = await refgate.process.waitFor((text) => {
        const read = JSON.parse(text) as LogLine;
        return read['accessKeyId'] === accessKeyId ? read : undefined;
      });
      expect(line).to.include({ event: 'manage_authentication_failed', code: answered });
      expect(line['requestId']).to.equal(headers['x-oss-request-id']);
      expect(line['cause'])
        .to.be.a('string')
        .that.matches(/compare it with/);
    }
    expect(refgate.process.lines.join('\n')).to.not.include('sk-shop-secret');
  });

  it('logs changes at every log level', async () => {
    const refgate = await startRefgate({ rules: dir.path, args: [...manageFlags(), '--log-level', 'fatal'] });
    await put(refgate, 'http://shop.example/');
    expect(await logged(refgate.process, 'audit')).to.include({ result: 'applied' });
  });

  it('starts with a rule folder in which there is nothing yet', async () => {
    dir.remove();
    mkdirSync(dir.path);
    const refgate = await start();
    expect((await put(refgate, 'http://shop.example/')).status).to.equal(200);
  });

  it('takes both flags from the environment', async () => {
    const env = { REFGATE_MANAGE_LISTEN: '127.0.0.1:0', REFGATE_MANAGE_CONFIG: dir.beside('manage.yaml') };
    const refgate = await startRefgate({ rules: dir.path, env });
    expect((await oss(refgate, {})).status).to.equal(200);
  });

  it('starts with the example settings, and answers their token as the documentation says', async () => {
    const args = ['--manage-listen', '127.0.0.1:0', '--manage-config', fromRoot('deploy/manage.yaml')];
    const { manage } = await startRefgate({ rules: dir.path, args });
    const page = readFileSync(fromRoot('docs/management.md'), 'utf8');
    const asked = /^curl -H '(\S+): (.+)' http:\/\/127\.0\.0\.1:9194(\S+)$/m.exec(page);
    const [, name = '', value = '', path = ''] = asked ?? [];
    const { status, body } = await exchange(manage, { path, headers: [name, value] });
    expect(status).to.equal(200);
    expect(JSON.parse(body)).to.have.nested.property('policies[0].name', 'site');
  });

  it('listens on a Unix socket', async () => {
    const refgate = await start(`unix:${dir.beside('manage.sock')}`);
    expect(refgate.manage).to.equal(`unix:${dir.beside('manage.sock')}`);
    expect((await exchange(refgate.manage, { path: '/shop-images/?referer' })).status).to.equal(403);
    expect(refgate.process.lines.join('\n')).not.to.contain('manage_exposed');
  });

  describe('does not start', () => {
    it('with one of its flags alone', async () => {
      expect(await failing('--manage-listen', '127.0.0.1:0')).to.deep.equal({
        code: 1,
        lines: ['error: --manage-listen needs --manage-config as well; give both or neither'],
      });
      expect(await failing('--manage-config', dir.beside('manage.yaml'))).to.deep.equal({
        code: 1,
        lines: ['error: --manage-config needs --manage-listen as well; give both or neither'],
      });
      expect(await failing(...manageFlags('off'))).to.include({ code: 1 });
    });

    it('without its settings file', async () => {
      const { code, lines } = await failing(
        '--manage-listen',
        '127.0.0.1:0',
        '--manage-config',
        dir.beside('none.yaml'),
      );
      expect(code).to.equal(1);
      expect(lines).to.deep.equal([
        'error: none.yaml:1:1: the settings file cannot be read: no such file or directory (ENOENT)',
      ]);
    });

    it('with mistakes in it, all of which it tells', async () => {
      configure(settings.replace('role: editor', 'role: sk-boss').replace('hosts:', 'host:'));
      const { code, lines } = await failing(...manageFlags());
      expect(code).to.equal(1);
      expect(lines).to.deep.equal([
        'error: manage.yaml:7:45: tokens[0].role: expected "viewer" or "editor"',
        'error: manage.yaml:10:26: buckets[0].host: unknown key; did you mean "hosts"?',
      ]);
    });

    it('where files would be written outside of the rules', async () => {
      mkdirSync(dir.beside('outside'));
      symlinkSync('../outside', dir.at('managed'));
      const { code, lines } = await failing(...manageFlags());
      expect(code).to.equal(1);
      expect(lines.join()).to.contain('"managed" is a link');
    });

    it('on an address that is in use', async () => {
      const refgate = await start();
      const { code, lines } = await failing(...manageFlags(refgate.manage));
      expect(code).to.equal(1);
      expect(lines.at(-1)).to.contain(
        'the address is in use already (EADDRINUSE); give another address by --manage-listen',
      );
    });
  });

  describe('at SIGHUP', () => {
    const reload = async ({ process }: RefgateProcess, event: string): Promise<LogLine> => {
      const from = process.lines.length;
      process.kill('SIGHUP');
      return await logged(process, event, from);
    };

    it('takes new settings, also a secret that lies in a file of its own', async () => {
      const refgate = await start();
      configure(settings.replace('secret: sk-shop-secret', 'secretFile: key.txt'));
      writeFileSync(dir.beside('key.txt'), 'sk-other\n');
      await reload(refgate, 'manage_settings_loaded');
      expect((await oss(refgate, {})).status).to.equal(403);
      expect((await oss(refgate, { secret: 'sk-other' })).status).to.equal(200);
    });

    it('keeps those in force where the new ones have mistakes, and tells them all', async () => {
      const refgate = await start();
      configure(settings.replace('secret: tk-ci-secret', 'secret: 5').replace('shop-images:', 'shop-video:'));
      const { errors, level } = await reload(refgate, 'manage_settings_rejected');
      expect(level).to.equal('error');
      expect(errors).to.have.length(2);
      expect((await oss(refgate, {})).status).to.equal(200);
      configure(settings);
      await reload(refgate, 'manage_settings_loaded');
    });

    it('leaves the folder of the files where it is', async () => {
      const refgate = await start();
      configure(`managed: elsewhere\n${settings}`);
      const { errors } = await reload(refgate, 'manage_settings_rejected');
      expect(String(errors)).to.match(
        /manage\.yaml: managed: cannot be changed while refgate runs; .* put "managed" back$/,
      );
    });

    it('reads the rules as well', async () => {
      const refgate = await start();
      dir.write('rules.yaml', otherRules.replace('one.example', 'two.example'));
      expect(await reload(refgate, 'rules_published')).to.include({ generation: 2 });
    });
  });

  it('warns where other machines reach it, since there is no TLS', async () => {
    const refgate = await start('0.0.0.0:0');
    expect(await logged(refgate.process, 'manage_exposed')).to.include({ level: 'warn', address: refgate.manage });
    expect((await start()).process.lines.join('\n')).not.to.contain('manage_exposed');
  });

  it('warns of a managed file with other hosts than the settings, which the next change mends', async () => {
    dir.write(
      'managed/shop-images.yaml',
      'policies:\n  - { name: shop-images, match: { hosts: [old.shop.example] }, referer: { dialect: oss, allow: [x] } }\n',
    );
    const refgate = await start();
    expect(await logged(refgate.process, 'managed_hosts_differ')).to.deep.include({
      level: 'warn',
      policy: 'shop-images',
      settings: ['img.shop.example'],
      file: ['old.shop.example'],
    });
    await put(refgate, 'http://shop.example/');
    expect(readFileSync(dir.at('managed/shop-images.yaml'), 'utf8')).to.contain('img.shop.example');
    const from = refgate.process.lines.length;
    refgate.process.kill('SIGHUP');
    await logged(refgate.process, 'manage_settings_loaded', from);
    await refgate.process.stop();
    expect(refgate.process.lines.slice(from).join('\n')).not.to.contain('managed_hosts_differ');
  });

  it('warns of a change by REST that gives a bucket other hosts', async () => {
    const refgate = await start();
    const body = JSON.stringify({ match: { hosts: ['other.example'] }, referer: { allow: ['shop.example'] } });
    const headers = ['Authorization', 'Bearer tk-ci-secret', 'Content-Type', 'application/json'];
    const path = '/v1/policies/shop-images';
    expect(await exchange(refgate.manage, { method: 'PUT', path, headers, body })).to.include({ status: 201 });
    expect(await logged(refgate.process, 'managed_hosts_differ')).to.deep.include({
      level: 'warn',
      policy: 'shop-images',
      settings: ['img.shop.example'],
      file: ['other.example'],
    });
  });

  it('warns of secrets that others may know, at the start and at SIGHUP, without telling them', async () => {
    chmodSync(dir.beside('token.txt'), 0o644);
    configure(settings.replace('sk-shop-secret', 'replace-me-with-care'));
    const refgate = await start();
    const told = (lines: readonly string[]): unknown[] =>
      lines
        .map((line) => JSON.parse(line) as LogLine)
        .filter(({ event }) => event === 'manage_secret_weak')
        .map(({ level, msg }) => `${level} ${String(msg).replace(/^.*\//, '')}`);
    const [ofKey = '', ofToken = '', ...more] = told(refgate.process.lines);
    expect(ofKey).to.match(/^warn manage\.yaml:3:13: accessKeys\[0\]\.secret: .* make one of your own$/);
    expect(ofToken).to.match(/^warn manage\.yaml:8:31: tokens\[1\]\.secretFile: .* \(mode 0644\); .* chmod o= FILE$/);
    expect(more).to.deep.equal([]);
    const from = refgate.process.lines.length;
    chmodSync(dir.beside('token.txt'), 0o640);
    refgate.process.kill('SIGHUP');
    await logged(refgate.process, 'manage_secret_weak', from);
    await refgate.process.stop();
    expect(told(refgate.process.lines.slice(from))).to.deep.equal([ofKey]);
    const log = refgate.process.lines.join('\n');
    for (const secret of ['replace-me-with', 'tk-file-secret']) expect(log).not.to.contain(secret);
  });

  it('says once why changes cannot be written', async () => {
    const refgate = await start();
    rmdirSync(dir.at('managed'));
    symlinkSync(dir.around, dir.at('managed'));
    for (let round = 0; round < 2; round++) expect((await put(refgate, 'http://shop.example/')).status).to.equal(503);
    const { level, problem } = await logged(refgate.process, 'managed_unwritable');
    expect(level).to.equal('error');
    expect(problem).to.contain(`${dir.at('managed')} is a link`);
    await refgate.process.stop();
    expect(refgate.process.lines.filter((line) => line.includes('managed_unwritable'))).to.have.length(1);
  });

  it('never tells a secret, however often and in whatever way calls fail', async () => {
    const refgate = await start();
    const path = '/shop-images/?referer';
    for (let round = 0; round < 5; round++) {
      await oss(refgate, { secret: 'sk-wrong' });
      await oss(refgate, { version: 'v4', secret: 'sk-wrong' });
      await oss(refgate, { accessKeyId: 'AKNONE' });
      await oss(refgate, { bucket: 'other' });
      await oss(refgate, { method: 'PUT', body: '<x>' });
      await put(refgate, 'http://shop.example/', '~(');
      await exchange(refgate.manage, { path, headers: ['authorization', 'OSS AKSHOP:sk-shop-secret'] });
      await exchange(refgate.manage, { path: '/?Action=DescribeCdnDomainConfigs&AccessKeyId=AKSHOP&Signature=x' });
      await exchange(refgate.manage, { path: '/v1/policies', headers: ['authorization', 'Bearer tk-ci-secretx'] });
      await exchange(refgate.manage, { path: '/v1/policies', headers: ['authorization', 'Bearer tk-file-secret'] });
    }
    configure(settings.replace('secret: sk-shop-secret', 'secret: [sk-shop-secret]'));
    refgate.process.kill('SIGHUP');
    await logged(refgate.process, 'manage_settings_rejected');
    configure(settings.replace('secret: tk-ci-secret', 'secret: *tk-ci-secret'));
    const from = refgate.process.lines.length;
    refgate.process.kill('SIGHUP');
    await logged(refgate.process, 'manage_settings_rejected', from);
    await refgate.process.stop();
    const log = refgate.process.lines.join('\n');
    expect(log).to.contain('manage_authentication_failed');
    for (const secret of secrets) expect(log).not.to.contain(secret);
  });

  it('ends in time, also with a client that is in the middle of a request', async () => {
    const refgate = await start();
    const { hostname, port } = new URL(`http://${refgate.manage}`);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('PUT /shop-images/?referer HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc');
    await oss(refgate, {});
    const closed = once(socket, 'close');
    socket.resume().on('error', () => undefined);
    expect(await refgate.process.stop()).to.equal(0);
    await closed;
  });
});
