import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import { checkRequest } from '../support/grpc-check-request.js';
import { check, clientOf } from '../support/grpc-service.js';
import { exchange } from '../support/http-exchange.js';
import { logged } from '../support/logged.js';
import { fromRoot } from '../support/paths.js';
import { type RefgateProcess, startRefgate } from '../support/refgate-process.js';
import { RulesDir } from '../support/rules-dir.js';
import { StartedProcess, stopLeftovers } from '../support/started-process.js';

const allowing = (name: string) => `policies:\n  - { name: site, referer: { allow: [${name}] } }\n`;

async function json(address: string, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const { status, body } = await exchange(address, { path });
  return { status, body: JSON.parse(body) as Record<string, unknown> };
}

/** The status of an HTTP authorization for a request with this Referer. */
async function statusFor({ http }: RefgateProcess, referer: string): Promise<number> {
  const headers = ['Host', 'cdn.example', 'Referer', referer];
  return (await exchange(http, { path: '/authz/envoy/a.jpg', headers })).status;
}

describe('serve', () => {
  let dir: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': allowing('one.example') });
  });

  afterEach(async () => {
    await stopLeftovers();
    dir.dispose();
  });

  it('says what it listens on, answers on all of it, and ends with 0', async () => {
    const refgate = await startRefgate({ rules: dir.path });
    const ready = await logged(refgate.process, 'ready');
    expect(ready).to.include({ grpc: refgate.grpc, http: refgate.http, admin: refgate.admin, generation: 1 });
    expect(ready['pid']).to.equal(refgate.process.pid);
    expect(await statusFor(refgate, 'https://one.example/')).to.equal(200);
    expect(await statusFor(refgate, 'https://two.example/')).to.equal(403);
    const client = clientOf(refgate.grpc);
    expect(await check(client, checkRequest({ headers: { referer: 'https://one.example/' } }))).to.have.property(
      'status',
    );
    client.close();
    expect((await json(refgate.admin, '/readyz')).status).to.equal(200);
    expect(await refgate.process.stop()).to.equal(0);
  });

  it('says so when the system has no watches left, and serves all the same', async function () {
    // A user namespace has a limit of its own, so that the real error can be had without harm to others.
    const limited = 'echo 1 > /proc/sys/user/max_inotify_watches && exec "$@"';
    const inNamespace = ['--user', '--map-root-user', 'sh', '-c', limited, 'sh'];
    if (spawnSync('unshare', [...inNamespace, 'true']).status !== 0) this.skip();
    dir.write('lists/partners.txt', 'one.example');
    const listen = ['grpc', 'http', 'admin'].flatMap((name) => [`--${name}-listen`, 'off']);
    const serve = [fromRoot('dist/main.js'), 'serve', '--rules', dir.path, ...listen];
    const started = new StartedProcess('unshare', [...inNamespace, process.execPath, ...serve]);
    expect(await logged(started, 'rules_watch_failed')).to.have.nested.property('err.code', 'ENOSPC');
    expect(await logged(started, 'ready')).to.have.property('generation', 1);
  });

  it('takes its settings from the environment where no flag is given', async () => {
    const env = {
      REFGATE_RULES: dir.path,
      REFGATE_GRPC_LISTEN: 'off',
      REFGATE_HTTP_LISTEN: '127.0.0.1:0',
      REFGATE_ADMIN_LISTEN: 'off',
      REFGATE_DRAIN_SECONDS: '0',
      REFGATE_SHADOW: 'true',
    };
    const started = new StartedProcess(process.execPath, [fromRoot('dist/main.js'), 'serve'], { env });
    const ready = await logged(started, 'ready');
    expect(ready).to.include({ grpc: null, admin: null });
    const headers = ['Host', 'cdn.example', 'Referer', 'https://two.example/'];
    expect((await exchange(String(ready['http']), { path: '/authz/envoy/', headers })).status).to.equal(200);
    expect(await started.stop('SIGINT')).to.equal(0);
  });

  it('says that it is ready at every log level', async () => {
    const refgate = await startRefgate({ rules: dir.path, args: ['--log-level', 'fatal'] });
    expect(refgate.process.lines).to.have.length(1);
  });

  it('takes a SIGHUP while it starts for a wish to reload', async () => {
    for (let n = 0; n < 3_000; n++) dir.write(`many/${n}.yaml`, 'policies: []\n');
    const args = ['--grpc-listen=off', '--http-listen=off', '--admin-listen=127.0.0.1:0', '--log-level=debug'];
    const started = new StartedProcess(process.execPath, [
      fromRoot('dist/main.js'),
      ...['serve', '--rules', dir.path, ...args],
    ]);
    await logged(started, 'loading');
    started.kill('SIGHUP');
    await logged(started, 'ready');
    await logged(started, 'rules_unchanged');
  });

  describe('does not start, exits with 1 and says why', () => {
    const start = (...args: readonly string[]) =>
      new StartedProcess(process.execPath, [fromRoot('dist/main.js'), 'serve', '--rules', dir.path, ...args]);
    const anywhere = ['--grpc-listen=127.0.0.1:0', '--http-listen=127.0.0.1:0', '--admin-listen=127.0.0.1:0'];

    it('with bad rules, naming each mistake', async () => {
      dir.write('rules.yaml', 'policies:\n  - { name: A, referer: 3 }\n');
      const started = start(...anywhere);
      expect(await started.exited).to.equal(1);
      const said = started.lines.filter((line) => line.startsWith('error: '));
      expect(said).to.have.length(2);
      expect(said[0]).to.contain(`${dir.at('rules.yaml')}:2:`);
    });

    it('with no rules', async () => {
      dir.remove();
      dir.make({});
      const started = start(...anywhere);
      expect(await started.exited).to.equal(1);
      expect(started.lines.join('\n')).to.contain(dir.path);
    });

    for (const flag of ['--grpc-listen', '--http-listen', '--admin-listen']) {
      it(`with the port of ${flag} in use, in one line that says which`, async () => {
        const other = createServer().listen(0, '127.0.0.1');
        await once(other, 'listening');
        const { port } = other.address() as { port: number };
        const started = start(...anywhere.filter((arg) => !arg.startsWith(flag)), `${flag}=127.0.0.1:${port}`);
        expect(await started.exited).to.equal(1);
        other.close();
        const said = started.lines.filter((line) => line.startsWith('error: '));
        expect(said).to.have.length(1);
        expect(said[0]).to.contain(`127.0.0.1:${port}`).and.contain(flag).and.contain('in use');
      });
    }
  });

  describe('reloads', () => {
    it('an edit, and keeps the last good rules when the next is bad', async () => {
      const refgate = await startRefgate({ rules: dir.path });
      dir.saveByRename('rules.yaml', allowing('two.example'));
      await logged(refgate.process, 'rules_published', 2);
      expect(await statusFor(refgate, 'https://two.example/')).to.equal(200);

      dir.write('rules.yaml', 'policies: [\n');
      await logged(refgate.process, 'rules_rejected');
      expect(await statusFor(refgate, 'https://two.example/')).to.equal(200);
      const { body } = await json(refgate.admin, '/v1/status');
      const lastReload = body['lastReload'] as { ok: boolean; errors: string[] };
      expect(lastReload.ok).to.equal(false);
      expect(lastReload.errors[0]).to.contain(dir.at('rules.yaml'));
      expect(body).to.include({ generation: 2, policies: 1, entries: 1 });
      expect((await json(refgate.admin, '/readyz')).status).to.equal(200);
      const { body: metrics } = await exchange(refgate.admin, { path: '/metrics' });
      expect(metrics).to.contain('refgate_rule_reloads_total{result="failure"} 1');

      dir.write('rules.yaml', allowing('three.example'));
      await logged(refgate.process, 'rules_published', refgate.process.lines.length);
      expect(await statusFor(refgate, 'https://three.example/')).to.equal(200);
      expect((await json(refgate.admin, '/v1/status')).body['lastReload']).to.deep.include({ ok: true, errors: [] });
    });

    it('at SIGHUP', async () => {
      const refgate = await startRefgate({ rules: dir.path, args: ['--log-level', 'debug'] });
      refgate.process.kill('SIGHUP');
      expect(await logged(refgate.process, 'rules_unchanged')).to.include({ generation: 1 });
    });
  });

  it('logs once in a while what a policy in shadow mode would deny', async () => {
    const refgate = await startRefgate({ rules: dir.path, args: ['--shadow'] });
    for (let asked = 0; asked < 3; asked++) expect(await statusFor(refgate, 'https://two.example/')).to.equal(200);
    const line = await logged(refgate.process, 'shadow_deny');
    expect(line).to.include({ level: 'info', adapter: 'envoy', reason: 'not_in_allow_list' });
    expect(line).to.include({ policy: 'site', referer_host: 'two.example', entry: '' });
    await refgate.process.stop();
    expect(refgate.process.lines.filter((text) => text.includes('shadow_deny'))).to.have.length(1);
  });

  describe('ends', () => {
    /** A keep-alive connection that has had one answer and is idle now. */
    async function idleConnection(address: string): Promise<Socket> {
      const { hostname, port } = new URL(`http://${address}`);
      const socket = connect(Number(port), hostname);
      socket.write('GET /authz/envoy/ HTTP/1.1\r\nHost: a.example\r\n\r\n');
      await once(socket, 'data');
      return socket;
    }

    it('within the promised time though clients stay connected', async () => {
      const refgate = await startRefgate({ rules: dir.path });
      const socket = await idleConnection(refgate.http);
      const client = clientOf(refgate.grpc);
      await check(client, checkRequest());
      const closed = once(socket, 'close');
      expect(await refgate.process.stop()).to.equal(0);
      await closed;
      client.close();
    });

    it('serving on while it drains, not ready, and at once at a second signal', async () => {
      const refgate = await startRefgate({ rules: dir.path, args: ['--drain-seconds', '60'] });
      refgate.process.kill('SIGTERM');
      await logged(refgate.process, 'draining');
      expect(await statusFor(refgate, 'https://one.example/')).to.equal(200);
      const { status, body } = await json(refgate.admin, '/readyz');
      expect([status, body['draining']]).to.deep.equal([503, true]);
      expect(await refgate.process.stop('SIGTERM')).to.equal(0);
    });
  });

  it('counts and logs what a wrongly configured proxy asks', async () => {
    const refgate = await startRefgate({ rules: dir.path });
    const client = clientOf(refgate.grpc);
    await check(client, checkRequest({}, { context_extensions: { policy: 'typo' } }));
    expect(await logged(refgate.process, 'unknown_policy')).to.include({ level: 'error', policy: 'typo' });
    await check(client, Buffer.from('garbage'));
    expect(await logged(refgate.process, 'bad_request')).to.include({ adapter: 'grpc' });
    client.close();
    const { body } = await exchange(refgate.admin, { path: '/metrics' });
    expect(body).to.contain('refgate_bad_requests_total{adapter="grpc"} 1');
    expect(body).to.match(/refgate_decisions_total\{policy="",decision="deny",reason="unknown_policy",mode=""\} 1/);
  });
});
