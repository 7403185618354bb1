import { once } from 'node:events';
import { Agent, type IncomingMessage, request as startRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { ManageApis } from '#refgate/manage/listener/manage-listener.js';
import { exchange, exchangeBytes, openSocket, readToEnd } from '../support/http-exchange.js';
import { type ListenerDraft, type StartedListener, startListener } from '../support/manage-listener.js';

const oss = ['authorization', 'OSS ak:signature'];
const mib = 1024 * 1024;

describe('the management listener', () => {
  let listener: StartedListener;
  const start = async (draft: ListenerDraft = {}): Promise<string> => {
    listener = await startListener(draft);
    return listener.address;
  };

  afterEach(() => listener.drain(0));

  it('hands each request to its API', async () => {
    const address = await start();
    expect(await exchange(address, { path: '/b/?referer' })).to.include({ body: 'oss GET /b/ 0' });
    expect(await exchange(address, { path: '/?Action=x', method: 'POST' })).to.include({ body: 'cdn POST / 0' });
    expect(await exchange(address, { path: '/v1/policies' })).to.include({ body: 'rest' });
  });

  it('counts its answers', async () => {
    const address = await start({ apis: { cdn: async () => ({ status: 404, headers: {}, body: '' }) } });
    await exchange(address, { path: '/b/?referer' });
    await exchange(address, { path: '/?Action=x' });
    await exchange(address, { path: '/' });
    await exchangeBytes(address, 'no request\r\n\r\n');
    expect(listener.answered).to.deep.equal(['oss 200', 'cdn 404', 'rest 200', 'none 400']);
  });

  it('gives every answer a date, and lets nobody keep it', async () => {
    const address = await start();
    for (const path of ['/b/?referer', '/?Action=x', '/v1/policies']) {
      const { headers } = await exchange(address, { path });
      expect(headers['cache-control'], path).to.equal('no-store');
      expect(new Date(headers['date'] ?? '').getTime(), path).to.be.closeTo(Date.now(), 60_000);
    }
  });

  it('hands the path and the query over as they came', async () => {
    let seen: unknown;
    const address = await start({
      apis: {
        oss: async ({ rawPath, rawQuery, headers, client }) => {
          seen = { rawPath, rawQuery, twice: headers.get('x-twice'), client };
          return { status: 200, headers: {}, body: '' };
        },
      },
    });
    await exchange(address, { path: '/a/../%2e%2E//b%2F?referer&x=%20+?', headers: ['X-Twice', 'a', 'x-twice', 'b'] });
    expect(seen).to.deep.equal({
      rawPath: '/a/../%2e%2E//b%2F',
      rawQuery: 'referer&x=%20+?',
      twice: ['a', 'b'],
      client: '127.0.0.1',
    });
    await exchangeBytes(address, 'GET http://oss.example?referer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(seen).to.include({ rawPath: '/', rawQuery: 'referer' });
  });

  it('answers HEAD without a body', async () => {
    const address = await start();
    const raw = await exchangeBytes(address, 'HEAD /b/?referer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(raw)
      .to.match(/^HTTP\/1\.1 200 /)
      .and.match(/content-length: 14\r\n[\s\S]*\r\n\r\n$/);
  });

  it('keeps the connection from answer to answer', async () => {
    const address = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let round = 0; round < 3; round++) {
      const { status, headers } = await exchange(address, { path: '/b/?referer', method: 'PUT', body: 'x', agent });
      expect(status).to.equal(200);
      expect(headers['connection']).to.equal('keep-alive');
    }
    agent.destroy();
  });

  it('answers a fault of its own in the form of the API, and goes on', async () => {
    const fail = (): never => {
      throw new Error('sk-in-an-error');
    };
    const address = await start({ apis: { oss: async () => fail(), cdn: fail, rest: { handle: fail } } });
    const answers = [];
    for (const path of ['/b/?referer', '/?Action=x', '/']) answers.push(await exchange(address, { path }));
    for (const { status, body } of answers) {
      expect(status).to.equal(500);
      expect(body).not.to.contain('sk-in-an-error');
    }
    const [xml, json, problem] = answers;
    expect(xml?.body).to.match(/^<\?xml [\s\S]*<Error>\s*<Code>InternalError<\/Code>/);
    expect(JSON.parse(json?.body ?? '')).to.have.all.keys('RequestId', 'HostId', 'Code', 'Message');
    expect(problem?.headers['content-type']).to.equal('application/problem+json');
    expect(listener.faults).to.have.length(3);
  });

  it('answers a header that cannot be sent as a fault of its own', async () => {
    const address = await start({ apis: { oss: async () => ({ status: 200, headers: { x: 'a\r\nb' }, body: '' }) } });
    expect(await exchange(address, { path: '/b/?referer' })).to.include({ status: 500 });
    expect(listener.faults).to.have.length(1);
  });

  describe('takes', () => {
    it('a request line of 200 KB', async () => {
      const address = await start();
      const { body } = await exchange(address, { path: `/?Action=x&Functions=${'%22'.repeat(200_000 / 3)}` });
      expect(body).to.equal('cdn GET / 0');
    });

    it('more than 2000 headers, every one of them', async () => {
      let names = 0;
      const address = await start({
        apis: {
          oss: async ({ headers }) => {
            names = headers.size;
            return { status: 200, headers: {}, body: '' };
          },
        },
      });
      const many = Array.from({ length: 3000 }, (_, at) => [`x-oss-${at}`, 'v']).flat();
      await exchange(address, { path: '/', headers: many });
      expect(names).to.be.at.least(3000);
    });

    for (const [what, headers] of [
      ['with its length', []],
      ['in chunks', ['transfer-encoding', 'chunked']],
    ] as const) {
      it(`a body of 1 MiB ${what}`, async () => {
        const address = await start();
        const body = Buffer.alloc(mib);
        const answer = await exchange(address, { method: 'PUT', path: '/b/', headers: [...oss, ...headers], body });
        expect(answer.body).to.equal(`oss PUT /b/ ${mib}`);
      });

      it(`no more than that ${what}, and answers`, async () => {
        const address = await start();
        const body = Buffer.alloc(5 * mib);
        const answer = await exchange(address, { method: 'PUT', path: '/b/', headers: [...oss, ...headers], body });
        expect(answer).to.include({ status: 200, body: 'oss PUT /b/ too-large' });
      });
    }

    it('a form, without which nobody knows whose it is, and hands it on whole', async () => {
      const rest = {
        handle: (request: IncomingMessage, response: { end(body: string): unknown }) =>
          void text(request).then((body) =>
            response.end(`${request.method} ${request.url} ${request.headersDistinct['x-twice']} ${body}`),
          ),
      };
      const address = await start({ apis: { rest } });
      const headers = ['content-type', 'application/x-www-form-urlencoded', 'x-twice', 'a', 'x-twice', 'b'];
      const post = (body: string) => exchange(address, { method: 'POST', path: '/x?y', headers, body });
      expect(await post('a=b')).to.include({ body: 'POST /x?y a,b a=b' });
      expect(await post('Action=b')).to.include({ body: 'cdn POST /x 8' });
      expect(await post('')).to.include({ body: 'POST /x?y a,b ' });
    });
  });

  describe('for a client that waits for "100 Continue"', () => {
    const put = (address: string, length: number, headers: Record<string, string> = {}) =>
      startRequest(`http://${address}/b/`, {
        method: 'PUT',
        headers: { authorization: 'OSS ak:s', expect: '100-continue', 'content-length': length, ...headers },
        agent: false,
      });

    it('asks for a body that the API reads', async () => {
      const sent = put(await start(), 3);
      await once(sent, 'continue');
      sent.end('abc');
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      expect(await text(response)).to.equal('oss PUT /b/ 3');
    });

    it('answers without asking where the body is too large', async () => {
      const sent = put(await start(), 2 * mib);
      sent.on('continue', () => expect.fail('must not be asked'));
      sent.flushHeaders();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      expect(await text(response)).to.equal('oss PUT /b/ too-large');
      expect(response.headers.connection).to.equal('close');
    });

    it('asks for a body when the native API begins to read it', async () => {
      const handle: ManageApis['rest']['handle'] = (request, response) => {
        request.on('data', (chunk: Buffer) => response.end(`read ${chunk}`));
      };
      const sent = put(await start({ apis: { rest: { handle } } }), 3, { authorization: 'Bearer x' });
      await once(sent, 'continue');
      sent.end('abc');
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      expect(await text(response)).to.equal('read abc');
    });

    it('answers without asking where the native API does not read', async () => {
      const sent = put(await start(), 3, { authorization: 'Bearer x' });
      sent.on('continue', () => expect.fail('must not be asked'));
      sent.flushHeaders();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      expect(await text(response)).to.equal('rest');
      expect(response.headers.connection).to.equal('close');
    });

    it('answers without asking where the API does not read', async () => {
      const sent = put(await start({ apis: { oss: async () => ({ status: 403, headers: {}, body: 'no' }) } }), 3);
      sent.on('continue', () => expect.fail('must not be asked'));
      sent.flushHeaders();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      expect(response.statusCode).to.equal(403);
      expect(response.headers.connection).to.equal('close');
    });
  });

  describe('refuses as JSON with a date', () => {
    const refused = async (address: string, bytes: string): Promise<string> => {
      const raw = await exchangeBytes(address, bytes);
      const [head = '', body = ''] = raw.split('\r\n\r\n');
      expect(head).to.match(/^date: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/m);
      expect(head).to.match(/^content-type: application\/json;charset=utf-8$/m);
      const { RequestId, HostId, Message, Code, ...rest } = JSON.parse(body);
      expect([RequestId, HostId, Message]).to.satisfy((texts: unknown[]) => texts.every((each) => each !== ''));
      expect(rest).to.deep.equal({});
      return `${/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]} ${Code}`;
    };

    it('headers of more than 256 KiB', async () => {
      const request = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(256 * 1024)}\r\n\r\n`;
      expect(await refused(await start(), request)).to.equal('431 RequestHeaderFieldsTooLarge');
    });

    it('a request line of more than that', async () => {
      const request = `GET /?${'a'.repeat(256 * 1024)} HTTP/1.1\r\nhost: x\r\n\r\n`;
      expect(await refused(await start(), request)).to.equal('431 RequestHeaderFieldsTooLarge');
    });

    it('what is no HTTP', async () => {
      expect(await refused(await start(), '\u0016\u0003\u0001\u0002\r\n\r\n')).to.equal('400 BadRequest');
    });

    it('a body framed in two ways', async () => {
      const request = 'PUT /b/ HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n';
      expect(await refused(await start(), request)).to.equal('400 BadRequest');
    });

    it('CONNECT', async () => {
      const request = 'CONNECT oss.example:443 HTTP/1.1\r\nhost: oss.example:443\r\n\r\n';
      expect(await refused(await start(), request)).to.equal('405 MethodNotAllowed');
    });

    const quick = { headersTimeout: 1_000, requestTimeout: 1_500, connectionsCheckingInterval: 50 };

    it('headers that do not arrive in time', async () => {
      const address = await start({ limits: quick });
      expect(await refused(address, 'GET / HTTP/1.1\r\nhost: x\r\n')).to.equal('408 RequestTimeout');
    });

    it('a body that does not arrive in time', async () => {
      const address = await start({ limits: quick });
      const request = `PUT /b/ HTTP/1.1\r\nhost: x\r\nauthorization: OSS a:b\r\ncontent-length: 9\r\n\r\nabc`;
      expect(await refused(address, request)).to.equal('408 RequestTimeout');
      expect(listener.faults).to.deep.equal([]);
    });

    it('a form that does not arrive in time', async () => {
      const address = await start({ limits: quick });
      const headers = 'host: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n';
      expect(await refused(address, `POST / HTTP/1.1\r\n${headers}\r\nabc`)).to.equal('408 RequestTimeout');
    });
  });

  it('is as patient as it says: 10 s for headers, 30 s for all, looked after twice a second', async () => {
    const { connectionLimits } = await import('#refgate/manage/listener/connection-limits.js');
    expect(connectionLimits).to.include({ headersTimeout: 10_000, requestTimeout: 30_000, bodyBytes: mib });
    expect(connectionLimits.maxHeaderSize).to.equal(256 * 1024);
    expect(connectionLimits.connectionsCheckingInterval).to.be.at.most(1_000);
  });

  it('takes an upgrade for a usual request', async () => {
    const address = await start();
    const headers = ['connection', 'Upgrade', 'upgrade', 'websocket'];
    expect(await exchange(address, { path: '/b/?referer', headers })).to.include({ status: 200 });
  });

  describe('draining', () => {
    it('answers what is in flight, and says that the connection ends', async () => {
      let answer = (_: string): void => undefined;
      const asked = new Promise<string>((resolve) => {
        answer = resolve;
      });
      let reached = (): void => undefined;
      const isReached = new Promise<void>((resolve) => {
        reached = resolve;
      });
      const address = await start({
        apis: {
          oss: async () => {
            reached();
            return { status: 200, headers: {}, body: await asked };
          },
        },
      });
      const exchanged = exchange(address, { path: '/b/?referer' });
      await isReached;
      const drained = listener.drain(10_000);
      answer('done');
      const { body } = await exchanged;
      expect(body).to.equal('done');
      await drained;
    });

    it('asks clients of a retired listener to connect anew', async () => {
      const address = await start();
      listener.retire();
      const { headers } = await exchange(address, { path: '/b/?referer' });
      expect(headers['connection']).to.equal('close');
    });

    it('does not wait for a client that never ends its request', async () => {
      const address = await start();
      const socket = await openSocket(address);
      const ended = readToEnd(socket);
      socket.write('PUT /b/ HTTP/1.1\r\nhost: x\r\nauthorization: OSS a:b\r\ncontent-length: 9\r\n\r\nabc');
      await exchange(address, { path: '/b/?referer' });
      await listener.drain(50);
      await ended;
    });
  });
});
