import type { OssFault } from '../oss-fault.js';
import type { Authorization } from './authorization.js';
import type { SignedParts } from './signed-parts.js';
import { parseSigningDate, signingDay } from './signing-date.js';

/** The server's time and how far from it a call may be. */
export interface AllowedTime {
  readonly now: Date;
  readonly maxSkewSeconds: number;
}

/** Why the date of a call does not do: missing, unreadable, too old or too new, or not that of its credential. */
export function dateFault(
  parts: SignedParts,
  authorization: Authorization,
  allowed: AllowedTime,
): OssFault | undefined {
  const date = parseSigningDate(parts.date);
  if (date === undefined) return noDate;
  if (Math.abs(allowed.now.getTime() - date.getTime()) > allowed.maxSkewSeconds * 1000) return skewed(date, allowed);
  if (authorization.version === 'V4' && authorization.day !== signingDay(date)) return otherDay;
  return undefined;
}

/** Alibaba OSS: "RequestTimeTooSkewed". ali-oss in browsers asks for ever where `ServerTime` is missing. */
function skewed(date: Date, { now, maxSkewSeconds }: AllowedTime): OssFault {
  return {
    code: 'RequestTimeTooSkewed',
    message: 'The difference between the request time and the current time is too large. Set the clock of the client.',
    details: {
      RequestTime: date.toISOString(),
      ServerTime: now.toISOString(),
      MaxAllowedSkewMilliseconds: String(maxSkewSeconds * 1000),
    },
  };
}

const noDate: OssFault = {
  code: 'AccessDenied',
  ec: false,
  message:
    'OSS authentication requires a valid Date. Send Date or x-oss-date once, as Sun, 22 Nov 2026 00:10:55 GMT or 20261122T001055Z.',
};

/** Alibaba OSS: "0002-00000223". */
const otherDay: OssFault = {
  code: 'InvalidArgument',
  message:
    'Invalid signing date in Authorization header: the day of the Credential is not the day of x-oss-date in UTC.',
};
