import type { Decision, Reason } from '../model/decision.js';
import type { DenyAnswer } from '../model/policy.js';
import { ossErrorDocument, ossRequestId } from './oss-error-document.js';

/** By which Alibaba OSS tells why a Referer was refused (OSS: error codes 0003-00000501, -502 and -503). */
const EMPTY = '0003-00000501';
const ON_DENY_LIST = '0003-00000502';
const NOT_LISTED = '0003-00000503';

const CODES: Readonly<Partial<Record<Reason, string>>> = {
  empty_denied: EMPTY,
  empty_cross_site: EMPTY,
  deny_list: ON_DENY_LIST,
};

/**
 * A deny as the error document of Alibaba OSS, with a request id of its own. No BucketName: a policy does not know one.
 */
export function ossErrorAnswer(answer: DenyAnswer, { reason, host }: Decision): DenyAnswer {
  const code = CODES[reason] ?? NOT_LISTED;
  const requestId = ossRequestId();
  const body = ossErrorDocument([
    ['Code', 'AccessDenied'],
    ['Message', 'You are denied by bucket referer policy.'],
    ['RequestId', requestId],
    // The host is the client's own word, so it may hold anything.
    ['HostId', host],
    ['EC', code],
  ]);
  const headers = [...answer.headers, ['x-oss-request-id', requestId], ['x-oss-ec', code]] as const;
  return { ...answer, headers, body };
}
