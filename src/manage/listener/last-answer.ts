import { randomUUID } from 'node:crypto';
import { ossErrorDocument, ossRequestId } from '../../transport/oss-error-document.js';
import type { ManageAnswer } from '../manage-answer.js';
import { problemAnswer } from '../rest/problem.js';
import type { Api } from './api-of.js';

const message = 'An internal error occurred; the log of refgate has the details.';

/** The answer of last resort, in the form that the API's clients read: a fault of ours. */
export function faultAnswer(api: Api): ManageAnswer {
  if (api === 'rest') return problemAnswer({ code: 'internal_error', detail: message });
  if (api === 'cdn') return jsonAnswer(500, 'InternalError', message);
  const id = ossRequestId();
  const body = ossErrorDocument([
    ['Code', 'InternalError'],
    ['Message', message],
    ['RequestId', id],
    ['HostId', 'refgate'],
  ]);
  return { status: 500, headers: { 'content-type': 'application/xml', 'x-oss-request-id': id }, body };
}

/**
 * An answer to what could not be read, so that nobody knows for which API it was meant. The CDN's SDKs throw a syntax
 * error on an answer that is no JSON; the others read the status.
 */
export function jsonAnswer(status: number, code: string, text: string): ManageAnswer {
  const body = { RequestId: randomUUID().toUpperCase(), HostId: 'refgate', Code: code, Message: text };
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(body) };
}
