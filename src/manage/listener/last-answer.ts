import { randomUUID } from 'node:crypto';
import type { ManageAnswer } from '../manage-answer.js';
import type { Api } from './api-of.js';

const message = 'An internal error occurred; the log of refgate has the details.';

/** The answer of last resort, in the form that the API's clients read: a fault of ours. */
export function faultAnswer(api: Api): ManageAnswer {
  const id = requestId();
  if (api === 'oss') {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InternalError</Code><Message>${message}</Message><RequestId>${id}</RequestId><HostId>refgate</HostId></Error>`;
    return { status: 500, headers: { 'content-type': 'application/xml', 'x-oss-request-id': id }, body: xml };
  }
  if (api === 'cdn') return jsonAnswer(500, 'InternalError', message);
  const problem = { type: 'about:blank', title: 'Internal Server Error', status: 500, detail: message };
  return { status: 500, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(problem) };
}

/**
 * An answer to what could not be read, so that nobody knows for which API it was meant. The CDN's SDKs throw a syntax
 * error on an answer that is no JSON; the others read the status.
 */
export function jsonAnswer(status: number, code: string, text: string): ManageAnswer {
  const body = { RequestId: requestId(), HostId: 'refgate', Code: code, Message: text };
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(body) };
}

function requestId(): string {
  return randomUUID().toUpperCase();
}
