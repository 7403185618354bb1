import { type Client, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { expect } from 'chai';
import { messageType } from '../support/grpc-official-protos.js';
import { clientOf, startService } from '../support/grpc-service.js';
import { fromRoot } from '../support/paths.js';

interface ReflectionResponse {
  readonly list_services_response?: { readonly service: readonly { readonly name: string }[] };
  readonly file_descriptor_response?: { readonly file_descriptor_proto: readonly Buffer[] };
}

const METHOD = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
const protos = loadSync(fromRoot('node_modules/@grpc/reflection/build/proto/grpc/reflection/v1/reflection.proto'), {
  keepCase: true,
});
const REQUEST = messageType(protos, 'grpc.reflection.v1.ServerReflectionRequest');
const RESPONSE = messageType(protos, 'grpc.reflection.v1.ServerReflectionResponse');

describe('gRPC server reflection', () => {
  it('lists and describes the services when it is on', async () => {
    const { listener } = await startService({ reflection: true });
    const client = clientOf(listener.address);
    const { list_services_response: list } = await ask(client, { list_services: '' });
    expect(list?.service.map(({ name }) => name)).to.include.members([
      'envoy.service.auth.v3.Authorization',
      'grpc.health.v1.Health',
    ]);
    const described = await ask(client, { file_containing_symbol: 'envoy.service.auth.v3.Authorization' });
    expect(described.file_descriptor_response?.file_descriptor_proto).to.not.have.length(0);
    client.close();
    await listener.drain(5000);
  });

  it('is not there when it is off', async () => {
    const { listener } = await startService();
    const client = clientOf(listener.address);
    const failure = await ask(client, { list_services: '' }).catch((error: unknown) => error);
    expect(failure).to.include({ code: status.UNIMPLEMENTED });
    client.close();
    await listener.drain(5000);
  });
});

function ask(client: Client, request: object): Promise<ReflectionResponse> {
  const serialize = (message: object): Buffer => REQUEST.serialize(message);
  return new Promise((resolve, reject) => {
    const stream = client.makeBidiStreamRequest(METHOD, serialize, (bytes) => RESPONSE.deserialize(bytes));
    stream.on('error', reject);
    stream.on('data', (response: ReflectionResponse) => {
      resolve(response);
      stream.end();
    });
    stream.write(request);
  });
}
