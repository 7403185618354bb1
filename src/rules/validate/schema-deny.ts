import { z } from 'zod';
import { describeValue } from '../describe-value.js';
import { alternatives, oneOf } from './schema-texts.js';

/** Answers that carry a Location (RFC 9110 §15.4); 300 and 304 are no redirects to one place. */
export const REDIRECT_STATUSES = [301, 302, 303, 307, 308] as const;

const STATUS = {
  error: ({ input }: { input?: unknown }) =>
    `expected a number from 400 to 499, or beside redirect ${alternatives(REDIRECT_STATUSES.map(String))}, got ${describeValue(input)}`,
};

const status = z.union(
  [z.int(STATUS).min(400, STATUS).max(499, STATUS), z.literal([...REDIRECT_STATUSES], STATUS)],
  STATUS,
);

export const denySchema = z
  .strictObject({
    redirect: z
      .string()
      .optional()
      .describe('An absolute http:// or https:// URL: the answer is 302 with this Location.'),
    status: status
      .optional()
      .describe('400 to 499 (default 403); beside `redirect` 301, 302 (default), 303, 307 or 308.'),
    body: z.string().optional().describe('The answer\'s body. Default: the words of the status, such as "Forbidden".'),
    contentType: z.string().optional().describe('The Content-Type of the body. Default: text/plain; charset=utf-8.'),
    headers: z.record(z.string(), z.string()).optional().describe('More headers of the answer, by name.'),
    format: oneOf(['text', 'oss-xml'])
      .optional()
      .describe('oss-xml: the body is the error document of Alibaba OSS. Default: text.'),
  })
  .describe('What a denied client gets. Default: 403.');
