import type { ManageAnswer } from '../manage-answer.js';
import { type CdnFault, statusOf } from './cdn-fault.js';

/** What an action answers, beside the identifier of the request. */
export interface CdnReply {
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the rules, after a change. */
  readonly generation?: number;
}

/** What an answer needs to know of its call. */
export interface CallId {
  /** A UUID in capitals. */
  readonly requestId: string;
  /** The `Host` header as it came; `''` where there is none. */
  readonly host: string;
}

/** The answer of an action that was done. */
export function replyAnswer({ body, generation }: CdnReply, id: CallId): ManageAnswer {
  const headers = generation === undefined ? {} : { 'x-refgate-generation': String(generation) };
  return jsonAnswer(200, id, body, headers);
}

/** A fault as an answer of Alibaba CDN. It is always JSON: the SDKs throw a syntax error at anything else. */
export function faultAnswer(fault: CdnFault, id: CallId): ManageAnswer {
  const { code, message, signed } = fault;
  const body = { HostId: id.host, Code: code, Message: signed === undefined ? message : `${message} ${signed}` };
  return jsonAnswer(statusOf(fault), id, body);
}

function jsonAnswer(status: number, { requestId }: CallId, body: object, headers: object = {}): ManageAnswer {
  return {
    status,
    headers: {
      // Without a space: older SDKs compare it as text.
      'content-type': 'application/json;charset=utf-8',
      'x-acs-request-id': requestId,
      ...headers,
    },
    body: JSON.stringify({ RequestId: requestId, ...body }),
  };
}
