import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { endConnection } from '../../transport/http/refuse-connection.js';
import { jsonAnswer } from './last-answer.js';

/** Why no request can be read from a connection, and the status that says so. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const tooLarge: Refusal = {
  status: 431,
  code: 'RequestHeaderFieldsTooLarge',
  message: 'The request line and the headers are too large; at most 256 KiB are taken.',
};
const tooSlow: Refusal = {
  status: 408,
  code: 'RequestTimeout',
  message: 'The request did not arrive in time: headers have 10 seconds, all of it has 30.',
};
const malformed: Refusal = { status: 400, code: 'BadRequest', message: 'This is no readable HTTP/1.1 request.' };
const noTunnel: Refusal = { status: 405, code: 'MethodNotAllowed', message: 'CONNECT is not served here.' };

/** By the codes that Node gives its errors. */
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: tooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: tooSlow,
  CONNECT: noTunnel,
};

/** Answers a connection on which no request can be read, and closes it. Gives the status of the answer. */
export function refuseConnection(socket: Socket, code: string | undefined): number {
  const refusal = refusals[code ?? ''] ?? malformed;
  const { status, headers, body } = jsonAnswer(refusal.status, refusal.code, refusal.message);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `date: ${new Date().toUTCString()}`,
    'cache-control: no-store',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  endConnection(socket, `${lines.join('\r\n')}\r\n\r\n${body}`);
  return status;
}
