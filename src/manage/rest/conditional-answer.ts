import type { IncomingHttpHeaders } from 'node:http';
import type { ManageAnswer } from '../manage-answer.js';
import { holdsIfMatch, holdsIfNoneMatch, preconditionsOf } from './preconditions.js';
import { PRECONDITION_FAILED, type Problem } from './problem.js';
import type { Representation } from './representation.js';

/** The answer to a read: 304 to who has this representation already (RFC 9110 §13.2.2). */
export function answerRead(
  headers: IncomingHttpHeaders,
  { body, etag }: Representation,
  more: Readonly<Record<string, string>> = {},
): ManageAnswer | Problem {
  const preconditions = preconditionsOf(headers);
  if (!holdsIfMatch(preconditions, etag)) return PRECONDITION_FAILED;
  if (!holdsIfNoneMatch(preconditions, etag)) return { status: 304, headers: { etag, ...more }, body: '' };
  return { status: 200, headers: { 'content-type': 'application/json', etag, ...more }, body };
}
