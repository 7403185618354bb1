import { IncomingMessage } from 'node:http';

/** A request whose body has been read, as one whose body can be read again: its form was asked for an action in vain. */
export function replayRequest(request: IncomingMessage, body: Buffer): IncomingMessage {
  const replayed = new IncomingMessage(request.socket);
  const { httpVersion, httpVersionMajor, httpVersionMinor, method, url } = request;
  const { rawHeaders, headers, headersDistinct } = request;
  Object.assign(replayed, { httpVersion, httpVersionMajor, httpVersionMinor, method, url });
  Object.assign(replayed, { rawHeaders, headers, headersDistinct });
  replayed.complete = true;
  replayed.push(body);
  replayed.push(null);
  return replayed;
}
