import { IncomingMessage } from 'node:http';

/** A request whose body has been read, as one whose body can be read again: its form was asked for an action in vain. */
export function replayRequest(request: IncomingMessage, body: Buffer): IncomingMessage {
  const replayed = new IncomingMessage(request.socket);
  const { httpVersion, httpVersionMajor, httpVersionMinor, method, url, rawHeaders, headers } = request;
  Object.assign(replayed, { httpVersion, httpVersionMajor, httpVersionMinor, method, url, rawHeaders, headers });
  replayed.complete = true;
  replayed.push(body);
  replayed.push(null);
  return replayed;
}
