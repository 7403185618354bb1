import { Server, ServerCredentials } from '@grpc/grpc-js';
import { expect } from 'chai';
import { reachHttp2 } from '#refgate/transport/grpc/http2-of-grpc.js';

describe('the HTTP/2 server of grpc-js', () => {
  it('is handed out before it listens, with the options that were added', async () => {
    const server = new Server();
    const listening: boolean[] = [];
    const reached = reachHttp2(server, { streamResetBurst: 5 }, (http2) => listening.push(http2.listening));
    await new Promise<void>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error) =>
        error === null ? resolve() : reject(error),
      );
    });
    server.forceShutdown();
    expect([reached, listening]).to.deep.equal([true, [false]]);
  });

  for (const [what, other] of [
    ['nothing of it', {}],
    ['no way to make one', { commonServerOptions: {} }],
    ['no options', { createHttp2Server: () => undefined }],
  ] as const) {
    it(`is left alone in a grpc-js that has ${what}`, () => {
      expect(reachHttp2(other as unknown as Server, { streamResetBurst: 5 }, () => undefined)).to.equal(false);
    });
  }
});
