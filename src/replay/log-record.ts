import { isIP } from 'node:net';
import type { LoggedFields } from './format/logged-fields.js';
import { isRequest, parseRequestLine, type RequestLine } from './request-line.js';

/** A request as a log line tells it. A text is `''` where the line does not say. */
export interface LogRecord extends RequestLine {
  readonly host: string;
  readonly scheme: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly clientIp: string;
  /** As logged; `undefined` where the line does not say. */
  readonly time: string | undefined;
  /** Of the answer; 0 where the line does not say. */
  readonly status: number;
  /** Bytes of the answer; 0 where the line does not say. */
  readonly bytes: number;
}

/** Why a line cannot be replayed. */
export type UnreadableKind = 'tooLong' | 'format' | 'request' | 'host';

/** A record, or why the fields of a line make none. */
export function toRecord(fields: LoggedFields): LogRecord | UnreadableKind {
  const status = count(fields.status, /^\d{1,3}$/);
  const bytes = count(fields.bytes, /^\d{1,15}$/);
  if (status === undefined || bytes === undefined) return 'format';
  const request = requestOf(fields);
  if (request === undefined) return 'request';
  // Written out and not `...request`: spreading makes slow objects, which cost a third of the whole replay.
  return {
    method: request.method,
    target: request.target,
    host: fields.host ?? '',
    scheme: fields.scheme ?? '',
    headers: fields.headers,
    clientIp: addressOf(fields.clientIp ?? ''),
    time: fields.time,
    status,
    bytes,
  };
}

function requestOf({ request, method, target }: LoggedFields): RequestLine | undefined {
  if (request !== undefined) return parseRequestLine(request);
  if (method === undefined || target === undefined) return undefined;
  return isRequest(method, target) ? { method, target } : undefined;
}

/** Whole numbers only: a value of another form says that the line is cut wrongly. */
function count(text: string | undefined, form: RegExp): number | undefined {
  if (text === undefined) return 0;
  return form.test(text) ? Number(text) : undefined;
}

/** An address without its port: Envoy's `%DOWNSTREAM_REMOTE_ADDRESS%` has one. */
function addressOf(text: string): string {
  if (isIP(text) !== 0) return text;
  const bare = text.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? '' : bare;
}
