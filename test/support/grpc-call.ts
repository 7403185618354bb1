import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';

const headers = {
  ':method': 'POST',
  ':path': '/envoy.service.auth.v3.Authorization/Check',
  'content-type': 'application/grpc',
  te: 'trailers',
};

/** A message as gRPC frames it: not compressed, length, bytes. */
export function grpcFrame(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** A Check on a bare HTTP/2 session, where it can be seen what becomes of it. */
export interface BareCall {
  readonly stream: ClientHttp2Stream;
  /** `grpc-status`, or how the stream ended without one. */
  readonly ended: Promise<string>;
}

/** Begins a call; its message is the caller's to send. */
export function beginCall(session: ClientHttp2Session): BareCall {
  const stream = session.request(headers);
  let status: string | undefined;
  stream.on('error', () => undefined);
  stream.on('trailers', (trailers) => {
    status = String(trailers['grpc-status']);
  });
  stream.resume();
  const ended = new Promise<string>((resolve) => {
    stream.once('close', () => resolve(status ?? `reset ${stream.rstCode}`));
  });
  return { stream, ended };
}

/** Begins a call and takes it back before it can have been answered. */
export function abortCall(session: ClientHttp2Session): void {
  beginCall(session).stream.close(constants.NGHTTP2_CANCEL);
}

/** Waits for the answer to a ping: before it the server has read everything that was sent. */
export function serverHasRead(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve, reject) => {
    session.ping((error) => (error === null ? resolve() : reject(error)));
  });
}
