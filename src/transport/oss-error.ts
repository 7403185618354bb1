import { randomBytes } from 'node:crypto';
import type { Decision, Reason } from '../model/decision.js';
import type { DenyAnswer } from '../model/policy.js';

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
  const requestId = randomBytes(12).toString('hex').toUpperCase();
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>AccessDenied</Code>
  <Message>You are denied by bucket referer policy.</Message>
  <RequestId>${requestId}</RequestId>
  <HostId>${xmlText(host)}</HostId>
  <EC>${code}</EC>
</Error>
`;
  const headers = [...answer.headers, ['x-oss-request-id', requestId], ['x-oss-ec', code]] as const;
  return { ...answer, headers, body };
}

/** What XML 1.0 §2.2 has no place for in any spelling. */
const NO_XML_CHARACTER = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** The host is the client's own word, so it may hold anything. */
function xmlText(text: string): string {
  return text.replaceAll(NO_XML_CHARACTER, '\ufffd').replaceAll(/[&<>\r]/g, (character) => ENTITIES[character] ?? '');
}
