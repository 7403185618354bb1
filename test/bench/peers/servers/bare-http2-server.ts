import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** A gRPC message of `status {}`: an allow. */
const allow = Buffer.from([0x00, 0x00, 0x00, 0x00, 0x02, 0x0a, 0x00]);

/** Node's own HTTP/2, without a gRPC library: reads the request, answers an allow, decides nothing. */
const server = createServer();
server.on('stream', (stream) => {
  stream.resume().once('end', () => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(allow);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ event: 'ready', grpc: `127.0.0.1:${port}` }));
});
