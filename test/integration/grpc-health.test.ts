import { once } from 'node:events';
import { type Client, type ClientReadableStream, type ServiceError, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { expect } from 'chai';
import { messageType } from '../support/grpc-official-protos.js';
import { clientOf, type RunningService, startService } from '../support/grpc-service.js';
import { fromRoot } from '../support/paths.js';

const AUTHORIZATION = 'envoy.service.auth.v3.Authorization';
const protos = loadSync('grpc/health/v1/health.proto', {
  includeDirs: [fromRoot('proto')],
  enums: String,
  defaults: true,
});
const REQUEST = messageType(protos, 'grpc.health.v1.HealthCheckRequest');
const RESPONSE = messageType(protos, 'grpc.health.v1.HealthCheckResponse');

interface HealthResponse {
  readonly status: string;
}

const serialize = (service: string): Buffer => REQUEST.serialize({ service });
const deserialize = (bytes: Buffer): HealthResponse => RESPONSE.deserialize(bytes) as HealthResponse;

describe('grpc.health.v1', () => {
  let service: RunningService;
  let client: Client;

  beforeEach(async () => {
    service = await startService();
    client = clientOf(service.listener.address);
  });

  afterEach(async () => {
    client.close();
    await service.listener.drain(5000);
  });

  function checkHealth(name: string): Promise<string | ServiceError> {
    return new Promise((resolve) => {
      client.makeUnaryRequest('/grpc.health.v1.Health/Check', serialize, deserialize, name, (error, response) => {
        resolve(error ?? response?.status ?? 'neither error nor response');
      });
    });
  }

  function watch(name: string): ClientReadableStream<HealthResponse> {
    return client.makeServerStreamRequest('/grpc.health.v1.Health/Watch', serialize, deserialize, name);
  }

  for (const name of ['', AUTHORIZATION]) {
    it(`Check of "${name}" follows the state`, async () => {
      expect(await checkHealth(name)).to.equal('NOT_SERVING');
      service.health.setServing(true);
      expect(await checkHealth(name)).to.equal('SERVING');
      service.health.setServing(false);
      expect(await checkHealth(name)).to.equal('NOT_SERVING');
    });

    it(`Watch of "${name}" tells the state and every change`, async () => {
      const stream = watch(name);
      expect(await next(stream)).to.equal('NOT_SERVING');
      service.health.setServing(true);
      expect(await next(stream)).to.equal('SERVING');
      service.health.setServing(true);
      service.health.setServing(false);
      expect(await next(stream)).to.equal('NOT_SERVING');
      stream.on('error', () => undefined);
      stream.cancel();
    });
  }

  it('Check of another service is NOT_FOUND', async () => {
    expect(await checkHealth('other.Service')).to.include({ code: status.NOT_FOUND });
  });

  it('Watch of another service is SERVICE_UNKNOWN, and stays open and silent', async () => {
    const [other, known] = [watch('other.Service'), watch('')];
    expect(await next(other)).to.equal('SERVICE_UNKNOWN');
    expect(await next(known)).to.equal('NOT_SERVING');
    other.on('data', (response: HealthResponse) => expect.fail(`it was told ${response.status}`));
    service.health.setServing(true);
    expect(await next(known)).to.equal('SERVING');
    for (const stream of [other, known]) {
      stream.on('error', () => undefined);
      stream.cancel();
    }
  });

  it('a drain tells watchers, ends their streams, and is not held up by them', async () => {
    service.health.setServing(true);
    const stream = watch('');
    expect(await next(stream)).to.equal('SERVING');
    const ended = once(stream, 'error') as Promise<[ServiceError]>;
    const last = next(stream);
    await service.listener.drain(60_000);
    expect(await last).to.equal('NOT_SERVING');
    expect((await ended)[0]).to.include({ code: status.UNAVAILABLE });
  });
});

async function next(stream: ClientReadableStream<HealthResponse>): Promise<string> {
  const [response] = (await once(stream, 'data')) as [HealthResponse];
  return response.status;
}
