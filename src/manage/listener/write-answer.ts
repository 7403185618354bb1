import type { IncomingMessage, ServerResponse } from 'node:http';
import { dropBody, hasBody } from '../../transport/http/unread-body.js';
import type { ManageAnswer } from '../manage-answer.js';

/**
 * Writes an answer, with `Date` and `cache-control: no-store`. What is left of the request's body is read and dropped
 * before the exchange counts as ended: closing over unread bytes would reset the connection, and the client would see
 * that in place of its answer. `awaited`: the body is on its way; a client that waits for "100 Continue" keeps it.
 */
export function writeAnswer(
  response: ServerResponse<IncomingMessage>,
  { status, headers, body }: ManageAnswer,
  awaited: boolean,
): void {
  const { req: request } = response;
  const bytes = Buffer.from(body);
  if (!awaited) response.shouldKeepAlive = false;
  const length = status === 204 ? {} : { 'content-length': String(bytes.length) };
  response.writeHead(status, { 'cache-control': 'no-store', ...headers, ...length });
  if (!awaited || !hasBody(request) || request.readableEnded) {
    response.end(bytes);
    return;
  }
  response.flushHeaders();
  if (bytes.length > 0) response.write(bytes);
  dropBody(request, () => response.end());
  // Reading stopped where the body became too large.
  request.resume();
}
