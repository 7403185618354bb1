import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpAnswer } from './answer.js';
import { dropBody, hasBody } from './unread-body.js';

/** Writes an answer. `last`: the connection ends with it. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: HttpAnswer, last: boolean): void {
  const framing = ['content-length', String(body.length)];
  // Envoy copies the headers of a deny to its client, and `connection` and `keep-alive` are malformed in HTTP/2. An
  // HTTP/1.1 connection is kept without them.
  if (last) framing.push('connection', 'close');
  else response.removeHeader('connection');
  response.writeHead(status, [...headers, ...framing]);
  endWithBody(response, body);
}

/**
 * The answer leaves at once, but does not count as ended before the request's body has been read: Node would close a
 * connection that is not kept over unread bytes, which resets it, and the answer could be lost on its way.
 */
function endWithBody(response: ServerResponse<IncomingMessage>, body: Buffer): void {
  const { req: request } = response;
  // Who expects "100 Continue" has not sent his body, and may never do so.
  if (!hasBody(request) || request.headers.expect !== undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  if (body.length > 0) response.write(body);
  dropBody(request, () => response.end());
}
