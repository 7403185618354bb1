import { ossErrorDocument } from '../../transport/oss-error-document.js';
import type { ManageAnswer } from '../manage-answer.js';
import { headerOf, type ManageRequest } from '../manage-request.js';
import { answerHeaders, type CallId } from './answer-headers.js';
import { exactCauseOf, type OssFault, statusOf } from './oss-fault.js';

/** What an error answer is about. */
export interface FaultScope extends CallId {
  readonly request: ManageRequest;
  /** The bucket, where the call names one. */
  readonly bucket?: string | undefined;
}

/**
 * A fault as an answer of Alibaba OSS: the error document, with the exact cause in a header too. A HEAD has no body, so
 * the document is in a header, as base64 (all SDKs read `x-oss-err`).
 */
export function faultAnswer(fault: OssFault, scope: FaultScope): ManageAnswer {
  const document = errorDocument(fault, scope);
  const status = statusOf(fault);
  const headers = { ...answerHeaders(scope), ...causeHeader(fault), ...allowHeader(fault) };
  if (scope.request.method === 'HEAD') {
    return { status, headers: { ...headers, 'x-oss-err': Buffer.from(document).toString('base64') }, body: '' };
  }
  return { status, headers: { ...headers, 'content-type': 'application/xml' }, body: document };
}

function errorDocument(fault: OssFault, { request, requestId, bucket }: FaultScope): string {
  const cause = exactCauseOf(fault);
  return ossErrorDocument([
    ['Code', fault.code],
    ['Message', fault.message],
    ['RequestId', requestId],
    ['HostId', headerOf(request, 'host') ?? ''],
    ...(bucket === undefined ? [] : [['BucketName', bucket] as const]),
    ...Object.entries(fault.details ?? {}),
    ...(cause === undefined ? [] : [['EC', cause] as const]),
  ]);
}

function causeHeader(fault: OssFault): Record<string, string> {
  const cause = exactCauseOf(fault);
  return cause === undefined ? {} : { 'x-oss-ec': cause };
}

/** RFC 9110 §15.5.6 asks for it. */
function allowHeader({ code }: OssFault): Record<string, string> {
  return code === 'MethodNotAllowed' ? { allow: 'GET, PUT' } : {};
}
