/**
 * Reads an HTTP date in the one form that may be sent (RFC 9110 §5.6.7, IMF-fixdate): `Sun, 22 Nov 2026 00:10:55 GMT`.
 * The text must be exactly what that moment is written as, so `Sun, 30 Feb 2026 …`, a wrong day of the week and other
 * time zones are refused.
 */
export function parseHttpDate(text: string): Date | undefined {
  const date = new Date(text);
  return isReal(date) && date.toUTCString() === text ? date : undefined;
}

/**
 * Reads a date of ISO 8601 in UTC, to the second: `2026-11-22T00:11:46Z`. Days and hours that there are not are
 * refused: `2026-02-30T00:00:00Z`, `…T24:00:00Z`.
 */
export function parseIsoDate(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined;
  const date = new Date(text);
  return isReal(date) && date.toISOString() === text.replace('Z', '.000Z') ? date : undefined;
}

function isReal(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}
