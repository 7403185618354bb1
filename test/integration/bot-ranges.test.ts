import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { checkRequest } from '../support/grpc-check-request.js';
import { metadataOf, type OfficialResponse } from '../support/grpc-check-response.js';
import { check, clientOf } from '../support/grpc-service.js';
import { exchange } from '../support/http-exchange.js';
import { type LogLine, logged } from '../support/logged.js';
import { fromRoot } from '../support/paths.js';
import { type RefgateProcess, startRefgate } from '../support/refgate-process.js';
import { ConfigMapVolume, RulesDir, writeFiles } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';
import { StartedProcess, stopLeftovers } from '../support/started-process.js';

const rules = 'policies: [{ name: site, referer: { allow: [shop.example] }, exempt: { verifiedBots: [googlebot] } }]\n';
const rangesOf = (...prefixes: readonly string[]) =>
  JSON.stringify({
    creationTime: '2026-11-01T00:00:00.000000',
    prefixes: prefixes.map((prefix) => (prefix.includes(':') ? { ipv6Prefix: prefix } : { ipv4Prefix: prefix })),
  });

const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

/** What a request without a Referer gets, as nginx asks for it. */
async function asked({ http }: RefgateProcess, clientIp: string, userAgent = googlebot): Promise<string> {
  const sent = { 'X-Original-URI': '/a.jpg', 'X-Original-Host': 'cdn.example', 'X-Real-IP': clientIp };
  const { status, headers } = await exchange(http, {
    path: '/authz/nginx',
    headers: [...Object.entries(sent).flat(), 'User-Agent', userAgent],
  });
  return `${status} ${headers['x-refgate-reason']}`;
}

const VERIFIED = '200 exempt_verified_bot';
const DENIED = '403 empty_denied';

describe('--bot-ranges', () => {
  let dir: RulesDir;
  const bots = () => dir.beside('bots');

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': rules });
    writeFiles(bots(), { 'googlebot.json': rangesOf('192.0.2.0/28', '2001:db8:1::/64') });
  });

  afterEach(async () => {
    await stopLeftovers();
    dir.dispose();
  });

  const start = () => startRefgate({ rules: dir.path, args: ['--bot-ranges', bots()] });

  /** As cron does: a new file, renamed over the old one. */
  function fetched(content: string): void {
    writeFiles(bots(), { 'googlebot.json.part': content });
    renameSync(`${bots()}/googlebot.json.part`, `${bots()}/googlebot.json`);
  }

  it('lets a bot pass that says its name and comes from its address, asked by HTTP and by gRPC', async () => {
    const refgate = await start();
    expect(await asked(refgate, '192.0.2.3')).to.equal(VERIFIED);
    expect(await asked(refgate, '2001:db8:1::7')).to.equal(VERIFIED);
    expect(await asked(refgate, '::ffff:192.0.2.3')).to.equal(VERIFIED);
    expect(await asked(refgate, '192.0.2.16')).to.equal(DENIED);
    expect(await asked(refgate, '192.0.2.3', 'curl/8')).to.equal(DENIED);
    expect(await asked(refgate, '192.0.2.3', 'NotGooglebotX')).to.equal(DENIED);

    const client = clientOf(refgate.grpc);
    const reasonFor = async (address: string) => {
      const source = { address: { socket_address: { address, port_value: 50_000 } } };
      const sent = checkRequest({ headers: { 'user-agent': googlebot } }, { source });
      return metadataOf((await check(client, sent)) as OfficialResponse)['reason'];
    };
    expect(await reasonFor('192.0.2.3')).to.equal('exempt_verified_bot');
    expect(await reasonFor('203.0.113.9')).to.equal('empty_denied');
    client.close();
  });

  it('takes new ranges as they come, and keeps the last good ones when a file is broken', async () => {
    const refgate = await start();
    fetched(rangesOf('198.51.100.0/24'));
    const published = await logged(refgate.process, 'rules_published', refgate.process.lines.length);
    expect(published).to.have.property('generation', 2);
    expect(await asked(refgate, '198.51.100.9')).to.equal(VERIFIED);
    expect(await asked(refgate, '192.0.2.3')).to.equal(DENIED);

    fetched('{ "prefixes": [ { "ipv4Prefix": "198.51.100.0/42" } ] }');
    const { errors } = (await logged(refgate.process, 'rules_rejected')) as LogLine & { errors: readonly string[] };
    expect(errors).to.have.length(1);
    expect(errors[0]).to.contain(`${bots()}/googlebot.json:1:33: prefixes[0].ipv4Prefix: `).and.contain('/42');
    expect(await asked(refgate, '198.51.100.9')).to.equal(VERIFIED);
    const status = JSON.parse((await exchange(refgate.admin, { path: '/v1/status' })).body);
    expect(status.lastReload).to.deep.include({ ok: false, errors });

    const before = refgate.process.lines.length;
    fetched(rangesOf('203.0.113.0/24'));
    await logged(refgate.process, 'rules_published', before);
    expect(await asked(refgate, '203.0.113.9')).to.equal(VERIFIED);
    expect(await asked(refgate, '198.51.100.9')).to.equal(DENIED);
  });

  it('takes a new file for a bot that had none, and says before that it is missing', async () => {
    rmSync(`${bots()}/googlebot.json`);
    const refgate = await start();
    expect((await logged(refgate.process, 'rule_warning'))['msg']).to.contain('bot-ranges-missing');
    expect(await asked(refgate, '192.0.2.3')).to.equal(DENIED);
    fetched(rangesOf('192.0.2.0/28'));
    await logged(refgate.process, 'rules_published', refgate.process.lines.length);
    expect(await asked(refgate, '192.0.2.3')).to.equal(VERIFIED);
  });

  it('follows a ConfigMap, and a directory that is removed and made again', async () => {
    rmSync(bots(), { recursive: true });
    mkdirSync(bots());
    const volume = new ConfigMapVolume(bots());
    volume.publish({ 'googlebot.json': rangesOf('192.0.2.0/28') });
    const refgate = await start();
    volume.publish({ 'googlebot.json': rangesOf('198.51.100.0/24') });
    await logged(refgate.process, 'rules_published', refgate.process.lines.length);
    expect(await asked(refgate, '198.51.100.9')).to.equal(VERIFIED);

    renameSync(bots(), dir.beside('gone'));
    const { errors } = (await logged(refgate.process, 'rules_rejected')) as LogLine & { errors: readonly string[] };
    expect(errors[0]).to.contain(bots()).and.contain('ENOENT');
    expect(await asked(refgate, '198.51.100.9')).to.equal(VERIFIED);
    const before = refgate.process.lines.length;
    writeFiles(dir.beside('fresh'), { 'googlebot.json': rangesOf('203.0.113.0/24') });
    renameSync(dir.beside('fresh'), bots());
    await logged(refgate.process, 'rules_published', before);
    expect(await asked(refgate, '203.0.113.9')).to.equal(VERIFIED);
  });

  it('that is not there keeps the service from starting', async () => {
    const args = ['serve', '--rules', dir.path, '--bot-ranges', dir.beside('nowhere'), '--grpc-listen=off'];
    const listen = ['--http-listen=127.0.0.1:0', '--admin-listen=off'];
    const started = new StartedProcess(process.execPath, [fromRoot('dist/main.js'), ...args, ...listen]);
    expect(await started.exited).to.equal(1);
    const said = started.lines.filter((line) => line.startsWith('error: '));
    expect(said).to.have.length(1);
    expect(said[0]).to.contain(dir.beside('nowhere')).and.contain('bot ranges');
  });

  describe('of other commands', () => {
    const refgate = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      runRefgate(args, { env: { ...process.env, ...env } });

    const strict = () => ['validate', '--strict', dir.path];

    it('is missed by validate where a policy needs it', () => {
      const { status, stdout } = refgate(strict());
      expect(status).to.equal(65);
      expect(stdout).to.contain('bot-ranges-missing');
      expect(refgate([...strict(), '--bot-ranges', bots()])).to.have.property('status', 0);
    });

    it('can be given by environment, where an empty variable gives none', () => {
      expect(refgate(strict(), { REFGATE_BOT_RANGES: bots() })).to.have.property('status', 0);
      expect(refgate(strict(), { REFGATE_BOT_RANGES: '' })).to.have.property('status', 65);
    });

    it('is checked by validate as the rules are', () => {
      expect(refgate([...strict(), '--bot-ranges', dir.beside('nowhere')])).to.have.property('status', 66);
      fetched('{}');
      const { status, stdout } = refgate([...strict(), '--bot-ranges', bots()]);
      expect(status).to.equal(65);
      expect(stdout).to.contain(`${bots()}/googlebot.json:1:1: prefixes: `);
    });

    it('tells replay who is verified', () => {
      const line = (clientIp: string) =>
        `${clientIp} - - [22/Nov/2026:10:00:00 +0000] "GET /a.jpg HTTP/1.1" 200 5 "-" "${googlebot}"\n`;
      writeFiles(dir.around, { 'access.log': line('192.0.2.3') + line('192.0.2.99') });
      const args = ['replay', '--rules', dir.path, '--bot-ranges', bots(), '--host', 'cdn.example', '--format', 'json'];
      const { reasons } = JSON.parse(refgate([...args, dir.beside('access.log')]).stdout);
      expect(reasons).to.deep.equal({ exempt_verified_bot: 1, empty_denied: 1 });
    });

    it('tells explain who is verified', () => {
      const request = ['--url', 'https://cdn.example/a.jpg', '--header', `User-Agent: ${googlebot}`];
      const reason = (clientIp: string, ...more: readonly string[]) => {
        const args = ['explain', '--rules', dir.path, ...request, '--client-ip', clientIp, '--format', 'json', ...more];
        return JSON.parse(refgate(args).stdout).reason;
      };
      expect(reason('192.0.2.3', '--bot-ranges', bots())).to.equal('exempt_verified_bot');
      expect(reason('192.0.2.99', '--bot-ranges', bots())).to.equal('empty_denied');
      expect(reason('192.0.2.3')).to.equal('empty_denied');
    });
  });
});
