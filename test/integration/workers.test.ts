import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { eventually } from '../support/eventually.js';
import { checkRequest } from '../support/grpc-check-request.js';
import { check, clientOf } from '../support/grpc-service.js';
import { exchange } from '../support/http-exchange.js';
import { parseMetrics } from '../support/http-metrics.js';
import { logged } from '../support/logged.js';
import { type RefgateProcess, startRefgate } from '../support/refgate-process.js';
import { RulesDir } from '../support/rules-dir.js';
import { stopLeftovers } from '../support/started-process.js';

const allowing = (name: string) => `policies:\n  - { name: site, referer: { allow: [${name}] } }\n`;

interface Worker {
  readonly id: number;
  readonly pid: number;
  readonly state: string;
  readonly generation: number;
  readonly connections: number;
  readonly restarts: number;
}

interface Status {
  readonly generation: number;
  readonly policies: number;
  readonly entries: number;
  readonly lastReload: { readonly ok: boolean; readonly errors: readonly string[] };
  readonly workers: readonly Worker[];
}

describe('workers', () => {
  let dir: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': allowing('one.example') });
  });

  afterEach(async () => {
    await stopLeftovers();
    dir.dispose();
  });

  const start = (workers: number, ...args: readonly string[]) =>
    startRefgate({ rules: dir.path, args: ['--workers', String(workers), ...args] });

  async function statusOf({ admin }: RefgateProcess): Promise<Status> {
    return JSON.parse((await exchange(admin, { path: '/v1/status' })).body) as Status;
  }

  async function metricsOf({ admin }: RefgateProcess): Promise<ReadonlyMap<string, number>> {
    return new Map(parseMetrics((await exchange(admin, { path: '/metrics' })).body));
  }

  /** The status of an HTTP authorization for a request with this Referer; each call on a connection of its own. */
  async function statusFor({ http }: RefgateProcess, referer: string): Promise<number> {
    const headers = ['Host', 'cdn.example', 'Referer', referer, 'Connection', 'close'];
    return (await exchange(http, { path: '/authz/envoy/a.jpg', headers })).status;
  }

  const allServe = (refgate: RefgateProcess) =>
    eventually(
      () => statusOf(refgate),
      ({ workers }) => workers.every(({ state }) => state === 'serving'),
    );

  const decisions = (metrics: ReadonlyMap<string, number>) =>
    [...metrics].reduce((sum, [name, value]) => (name.startsWith('refgate_decisions_total{') ? sum + value : sum), 0);

  it('retire the connections that they have been handed, and tell of them', async () => {
    const refgate = await start(2, '--max-connection-age', '1');
    const client = clientOf(refgate.grpc);
    const request = checkRequest({ headers: { referer: 'https://one.example/' } });
    const failures: unknown[] = [];
    const retired = 'refgate_connections_retired_total{listener="grpc",reason="age"}';
    await eventually(
      async () => {
        const answer = await check(client, request);
        if (!('status' in answer)) failures.push(answer);
        return metricsOf(refgate);
      },
      // Between the end of one connection and the first call of the next there is none, and for a moment there are two.
      (read) => Number(read.get(retired)) >= 2 && read.get('refgate_connections{listener="grpc"}') === 1,
    );
    expect(failures).to.deep.equal([]);
    client.close();
    expect(await refgate.process.stop()).to.equal(0);
  });

  it('answer on one address each, say ready once, and are told of in the status', async () => {
    const refgate = await start(2);
    const ready = await logged(refgate.process, 'ready');
    expect(ready).to.include({ generation: 1, pid: refgate.process.pid, workers: 2 });
    expect(await statusFor(refgate, 'https://one.example/')).to.equal(200);
    expect(await statusFor(refgate, 'https://two.example/')).to.equal(403);
    const client = clientOf(refgate.grpc);
    expect(await check(client, checkRequest({ headers: { referer: 'https://one.example/' } }))).to.have.property(
      'status',
    );
    client.close();
    const { workers, ...status } = await statusOf(refgate);
    expect(status).to.deep.include({ generation: 1, policies: 1, entries: 1 });
    expect(workers.map(({ id, state, generation, restarts }) => ({ id, state, generation, restarts }))).to.deep.equal([
      { id: 1, state: 'serving', generation: 1, restarts: 0 },
      { id: 2, state: 'serving', generation: 1, restarts: 0 },
    ]);
    expect(new Set([refgate.process.pid, ...workers.map(({ pid }) => pid)]).size).to.equal(3);
    expect(await refgate.process.stop()).to.equal(0);
    expect(refgate.process.lines.filter((line) => line.includes('"event":"ready"'))).to.have.length(1);
    for (const { pid } of workers) expect(() => process.kill(pid, 0)).to.throw();
  });

  it('share connections evenly', async () => {
    const refgate = await start(4);
    const sessions: ClientHttp2Session[] = [];
    for (let opened = 0; opened < 40; opened++) {
      const session = connectHttp2(`http://${refgate.grpc}`);
      sessions.push(session);
    }
    await Promise.all(sessions.map((session) => once(session, 'remoteSettings')));
    const { workers } = await eventually(
      () => statusOf(refgate),
      (status) => status.workers.reduce((sum, { connections }) => sum + connections, 0) === 40,
    );
    expect(workers.map(({ connections }) => connections)).to.deep.equal([10, 10, 10, 10]);
    for (const session of sessions) session.close();
    await eventually(
      () => statusOf(refgate),
      (status) => status.workers.every(({ connections }) => connections === 0),
    );
  });

  it('answer on Unix sockets, one of which a killed process left behind', async () => {
    const sockets = { grpc: `unix:${dir.beside('grpc.sock')}`, http: `unix:${dir.beside('http.sock')}` };
    const options = { rules: dir.path, ...sockets, args: ['--workers', '2'] };
    const killed = await startRefgate(options);
    await killed.process.stop('SIGKILL');
    expect(existsSync(dir.beside('http.sock'))).to.equal(true);
    const refgate = await startRefgate(options);
    expect(refgate).to.include(sockets);
    expect(await statusFor(refgate, 'https://one.example/')).to.equal(200);
    const client = clientOf(refgate.grpc);
    expect(await check(client, checkRequest())).to.have.property('status');
    client.close();
    expect(await refgate.process.stop()).to.equal(0);
    expect(existsSync(dir.beside('http.sock'))).to.equal(false);
  });

  it('that are killed under load lose no call but those in flight, and no count that they have told', async () => {
    const refgate = await start(2);
    const [first, second] = (await statusOf(refgate)).workers;
    let isEnding = false;
    let answered = 0;
    let lost = 0;
    const ask = async () => {
      while (!isEnding) {
        const status = await statusFor(refgate, 'https://one.example/').catch(() => 0);
        if (status === 200) answered++;
        else if (status === 0) lost++;
        else throw new Error(`answered ${status}`);
      }
    };
    const clients = Array.from({ length: 8 }, ask);
    for (const worker of [first, second]) {
      await eventually(
        async () => answered,
        (so) => so > 100 * (worker?.id ?? 1),
      );
      process.kill(worker?.pid ?? 0, 'SIGKILL');
      await eventually(
        () => statusOf(refgate),
        ({ workers }) =>
          workers.some(({ id, restarts, state }) => id === worker?.id && restarts === 1 && state === 'serving'),
      );
    }
    isEnding = true;
    await Promise.all(clients);
    // Each of the eight clients has one call at a time, so that each kill can take eight.
    expect(lost).to.be.at.most(16);
    const before = decisions(await metricsOf(refgate));
    expect(before).to.be.at.least(1);
    for (let call = 0; call < 20; call++) expect(await statusFor(refgate, 'https://one.example/')).to.equal(200);
    const metrics = await metricsOf(refgate);
    expect(decisions(metrics)).to.equal(before + 20);
    expect(metrics.get('refgate_worker_restarts_total{worker="1"}')).to.equal(1);
    expect(await logged(refgate.process, 'worker_ended')).to.include({ level: 'error', worker: 1, signal: 'SIGKILL' });
  });

  it('that end again and again are started ever later, and leave the others alone', async () => {
    const refgate = await start(2);
    const [, other] = (await statusOf(refgate)).workers;
    let seen = 0;
    for (const restartMs of [0, 200, 400]) {
      const [worker] = (await allServe(refgate)).workers;
      process.kill(worker?.pid ?? 0, 'SIGKILL');
      expect(await logged(refgate.process, 'worker_ended', seen)).to.include({ worker: 1, restartMs });
      seen = refgate.process.lines.length;
      expect(await statusFor(refgate, 'https://one.example/')).to.equal(200);
      expect((await exchange(refgate.admin, { path: '/readyz' })).status).to.equal(200);
    }
    expect((await statusOf(refgate)).workers[1]).to.deep.include({ pid: other?.pid, restarts: 0, state: 'serving' });
  });

  it('count together, and go on counting where a dead one ended', async () => {
    const refgate = await start(2);
    for (let call = 0; call < 30; call++) await statusFor(refgate, 'https://one.example/');
    const before = await metricsOf(refgate);
    expect(decisions(before)).to.equal(30);
    expect(before.get('refgate_check_duration_seconds_count{transport="envoy"}')).to.equal(30);
    for (const { pid } of (await statusOf(refgate)).workers) process.kill(pid, 'SIGKILL');
    await eventually(
      () => statusOf(refgate),
      ({ workers }) => workers.every(({ restarts, state }) => restarts === 1 && state === 'serving'),
    );
    expect(decisions(await metricsOf(refgate))).to.equal(30);
    for (let call = 0; call < 10; call++) await statusFor(refgate, 'https://two.example/');
    const after = await metricsOf(refgate);
    expect(decisions(after)).to.equal(40);
    expect(after.get('refgate_check_duration_seconds_count{transport="envoy"}')).to.equal(40);
    expect(after.get('refgate_workers{state="serving"}')).to.equal(2);
    for (const worker of ['primary', '1', '2']) {
      expect(after.get(`process_resident_memory_bytes{worker="${worker}"}`)).to.be.above(1e6);
    }
  });

  it('take new rules together, and keep the last good ones', async () => {
    const refgate = await start(2);
    dir.saveByRename('rules.yaml', allowing('two.example'));
    await logged(refgate.process, 'rules_published', refgate.process.lines.length);
    for (let call = 0; call < 6; call++) expect(await statusFor(refgate, 'https://two.example/')).to.equal(200);
    dir.write('rules.yaml', 'policies: [\n');
    await logged(refgate.process, 'rules_rejected');
    dir.remove();
    const replaced = (await statusOf(refgate)).workers[0]?.pid ?? 0;
    process.kill(replaced, 'SIGKILL');
    await logged(refgate.process, 'worker_serving');
    const status = await allServe(refgate);
    expect(status.generation).to.equal(2);
    expect(status.workers.map(({ generation }) => generation)).to.deep.equal([2, 2]);
    for (let call = 0; call < 6; call++) expect(await statusFor(refgate, 'https://two.example/')).to.equal(200);
  });

  it('forget the counts of policies that are gone', async () => {
    const refgate = await start(2);
    await statusFor(refgate, 'https://one.example/');
    expect(decisions(await metricsOf(refgate))).to.equal(1);
    dir.saveByRename('rules.yaml', allowing('one.example').replace('site', 'other'));
    await logged(refgate.process, 'rules_published', refgate.process.lines.length);
    expect(decisions(await metricsOf(refgate))).to.equal(0);
  });

  it('explain by the rules in force', async () => {
    const refgate = await start(2);
    const path = '/v1/explain?url=http://cdn.example/&referer=https://two.example/';
    const { status, body } = await exchange(refgate.admin, { path });
    expect(status).to.equal(200);
    expect(JSON.parse(body)).to.include({
      decision: 'deny',
      reason: 'not_in_allow_list',
      policy: 'site',
      generation: 1,
    });
    expect((await exchange(refgate.admin, { path: '/v1/explain?url=nothing' })).status).to.equal(400);
  });

  it('write whole lines, each with the number of its worker', async () => {
    dir.write('rules.yaml', allowing('one.example').replace('name:', 'mode: shadow, name:'));
    const refgate = await start(2);
    const long = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example/`;
    for (let call = 0; call < 6; call++) expect(await statusFor(refgate, long)).to.equal(200);
    const line = await logged(refgate.process, 'shadow_deny');
    expect(line['worker']).to.be.oneOf([1, 2]);
    await refgate.process.stop();
    for (const text of refgate.process.lines) JSON.parse(text);
  });

  describe('end', () => {
    async function idleConnection(address: string): Promise<Socket> {
      const { hostname, port } = new URL(`http://${address}`);
      const socket = connect(Number(port), hostname);
      socket.write('GET /authz/envoy/ HTTP/1.1\r\nHost: a.example\r\n\r\n');
      await once(socket, 'data');
      return socket;
    }

    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      it(`after the drain at ${signal} to the whole process group`, async () => {
        const refgate = await start(2, '--drain-seconds', '1');
        const idle = await idleConnection(refgate.http);
        const closed = once(idle, 'close');
        const { workers } = await statusOf(refgate);
        for (const pid of [refgate.process.pid, ...workers.map((worker) => worker.pid)]) process.kill(pid, signal);
        await logged(refgate.process, 'draining');
        expect(await statusFor(refgate, 'https://one.example/')).to.equal(200);
        expect((await exchange(refgate.admin, { path: '/readyz' })).status).to.equal(503);
        expect(await refgate.process.exited).to.equal(0);
        await closed;
        expect(refgate.process.lines.join('\n')).not.to.contain('worker_ended');
      });
    }

    it('at once at a second signal', async () => {
      const refgate = await start(2, '--drain-seconds', '60');
      const { workers } = await statusOf(refgate);
      refgate.process.kill('SIGTERM');
      await logged(refgate.process, 'draining');
      expect(await refgate.process.stop('SIGTERM')).to.equal(0);
      await eventually(
        async () => workers.filter(({ pid }) => isAlive(pid)),
        (left) => left.length === 0,
      );
    });

    it('when the primary is killed, and leave its port to the next one', async () => {
      const refgate = await start(2);
      const { workers } = await statusOf(refgate);
      const idle = await idleConnection(refgate.http);
      const closed = once(idle, 'close');
      await refgate.process.stop('SIGKILL');
      const next = await startRefgate({ rules: dir.path, http: refgate.http, args: ['--workers', '2'] });
      expect(await statusFor(next, 'https://one.example/')).to.equal(200);
      await closed;
      await eventually(
        async () => workers.filter(({ pid }) => isAlive(pid)),
        (left) => left.length === 0,
      );
    });
  });

  it('do not end at a SIGHUP to all of them, which reloads once', async () => {
    const refgate = await start(2, '--log-level', 'debug');
    const { workers } = await statusOf(refgate);
    for (const pid of [...workers.map((worker) => worker.pid), refgate.process.pid]) process.kill(pid, 'SIGHUP');
    await logged(refgate.process, 'rules_unchanged');
    expect((await statusOf(refgate)).workers.map(({ pid }) => pid)).to.deep.equal(workers.map(({ pid }) => pid));
    await refgate.process.stop();
    expect(refgate.process.lines.filter((line) => line.includes('rules_unchanged'))).to.have.length(1);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
