import { parseHttpDate, parseIsoDate } from '../../request-date.js';

/**
 * Reads the date of a signed call: `Sun, 22 Nov 2026 00:10:55 GMT` or `20261122T001055Z`. Either form may be in either
 * header and with any version: Go V1 signs V4 with an HTTP date (Alibaba OSS: "0002-00000505").
 */
export function parseSigningDate(text: string): Date | undefined {
  return parseHttpDate(text) ?? parseCompactDate(text);
}

/** The basic form of ISO 8601, without separators. */
function parseCompactDate(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return year === undefined ? undefined : parseIsoDate(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The day of UTC that the credential of a V4 signature names: `20261122`. */
export function signingDay(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}
