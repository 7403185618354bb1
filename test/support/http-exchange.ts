import { once } from 'node:events';
import { type Agent, type IncomingMessage, request as startRequest } from 'node:http';
import { connect, type Socket } from 'node:net';

export interface Exchange {
  readonly method?: string;
  readonly path: string;
  /** Name and value in turn, as sent; values as Latin-1 text. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name; a name that came twice is joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One call to a listener that is bound to `host:port` or `unix:/path`. Without `agent` on a connection of its own. */
export async function exchange(address: string, { method, path, headers, body, agent }: Exchange): Promise<Answer> {
  const sent = startRequest({
    ...endpoint(address),
    method: method ?? 'GET',
    path,
    headers: [...(headers ?? []), ...hostUnlessGiven(headers)],
    agent: agent ?? false,
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return await readAnswer(response);
}

export async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    headers: joined(response.rawHeaders),
    body: Buffer.concat(chunks).toString(),
  };
}

/** Sends bytes as they are and gives all that comes back until the other side closes. */
export async function exchangeBytes(address: string, bytes: string | Buffer): Promise<string> {
  const socket = await openSocket(address);
  socket.write(bytes);
  return await readToEnd(socket);
}

export async function openSocket(address: string): Promise<Socket> {
  const socket = connect(endpoint(address));
  await once(socket, 'connect');
  return socket;
}

export async function readToEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

function endpoint(address: string): { path: string; socketPath: string } | { host: string; port: number } {
  if (address.startsWith('unix:')) {
    const path = address.slice('unix:'.length);
    return { path, socketPath: path };
  }
  const { hostname, port } = new URL(`http://${address}`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}

function hostUnlessGiven(headers: readonly string[] = []): string[] {
  const isGiven = headers.some((text, at) => at % 2 === 0 && text.toLowerCase() === 'host');
  return isGiven ? [] : ['Host', 'refgate.internal'];
}

function joined(rawHeaders: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = String(rawHeaders[at]).toLowerCase();
    const value = String(rawHeaders[at + 1]);
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}
