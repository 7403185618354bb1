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

/** What the log says of a call whose date is too far off. */
export function skewCause(text: string, now: Date): string | undefined {
  const date = parseSigningDate(text);
  if (date === undefined) return undefined;
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const off = `its clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead'}`;
  return Math.abs(seconds) > 1800 && isNearWhole(Math.abs(seconds) / 1800)
    ? `${off}, about a time zone: the client writes its local time as UTC, or its time zone is set wrong`
    : `${off}: set the client's clock (NTP); or the call waited on its way, or is an old one sent again`;
}

/** Time zones are multiples of half an hour; a minute's difference is still taken for one. */
function isNearWhole(halfHours: number): boolean {
  return Math.abs(halfHours - Math.round(halfHours)) * 1800 <= 60;
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
