import { Server, ServerCredentials } from '@grpc/grpc-js';
import { authorizationDefinition } from '#refgate/transport/grpc/authorization-service.js';

/** `status {}`: an allow. */
const allow = Buffer.from([0x0a, 0x00]);

/** The same grpc-js, the same method, and a handler that decides nothing: what the transport alone costs. */
const server = new Server({ 'grpc.enable_channelz': 0 });
server.addService(authorizationDefinition, {
  Check: (_call: unknown, callback: (error: null, answer: Buffer) => void) => callback(null, allow),
});
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(JSON.stringify({ event: 'ready', grpc: `127.0.0.1:${port}` }));
});
