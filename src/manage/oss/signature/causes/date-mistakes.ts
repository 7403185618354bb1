import type { SignedParts } from '../signed-parts.js';
import { parseSigningDate, signingDay } from '../signing-date.js';
import type { Mistake, WrongSignature } from './wrong-signature.js';

/** The client signs another date than the one that came, or writes it in another way. */
export function dateMistakes({ parts, authorization }: WrongSignature): Mistake[] {
  const date = parseSigningDate(parts.date);
  const slots = otherSlots(parts).map((slot) => ({ cause: otherSlot, parts: { ...parts, date: slot } }));
  if (date === undefined) return slots;
  return [
    ...slots,
    ...withoutOssDate(parts).map((changed) => ({ cause: ossDateAdded, parts: changed })),
    ...spellings(date).map((text) => ({ cause: otherSpelling, parts: withDate(parts, text) })),
    ...moments(date).map(([moment, cause]) => ({ cause, parts: withDate(parts, spelledLike(parts.date, moment)) })),
    ...(authorization.version === 'V4' ? neighbours(date).map((day) => otherDay(authorization, day)) : []),
  ];
}

const otherSlot =
  'the client signs another of Date and x-oss-date than counts, or none: V1 and V4 take x-oss-date where it is there, V2 takes Date';
const ossDateAdded = 'x-oss-date was added after signing: take it away, or sign it';
const otherSpelling = 'the client signs its date in another form than it sends: sign the text of the header as it is';

function otherSlots({ date, headers }: SignedParts): string[] {
  return [headers.get('date') ?? '', headers.get('x-oss-date') ?? '', ''].filter((slot) => slot !== date);
}

function withoutOssDate(parts: SignedParts): SignedParts[] {
  if (!parts.headers.has('x-oss-date')) return [];
  const headers = new Map([...parts.headers].filter(([name]) => name !== 'x-oss-date'));
  return [{ ...parts, headers, date: headers.get('date') ?? '' }];
}

/** The header that the date is in is signed too, where it begins with x-oss-. */
function withDate(parts: SignedParts, date: string): SignedParts {
  const headers = new Map(parts.headers);
  if (headers.get('x-oss-date') === parts.date) headers.set('x-oss-date', date);
  return { ...parts, headers, date };
}

function spellings(date: Date): string[] {
  const http = date.toUTCString();
  const iso = date.toISOString();
  return [http, http.replace('GMT', '+0000'), http.replace('GMT', 'UTC'), compact(date), iso, iso.replace('.000', '')];
}

function compact(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function spelledLike(text: string, date: Date): string {
  return text.endsWith('GMT') ? date.toUTCString() : compact(date);
}

/** Seconds around, and the same wall clock in other time zones. */
function moments(date: Date): [moment: Date, cause: string][] {
  const seconds = [1, 2, 3, 4, 5].flatMap((second) => [second, -second]);
  const zones = Array.from({ length: 56 }, (_, at) => (at - 28) * 1800).filter((offset) => offset !== 0);
  return [
    ...seconds.map((offset): [Date, string] => [shifted(date, offset), rewritten]),
    ...zones.map((offset): [Date, string] => [shifted(date, offset), otherZone(offset)]),
  ];
}

const rewritten =
  'the date was changed by some seconds on its way: a proxy writes a Date of its own. Have it pass Date on, or let the client send x-oss-date';

function otherZone(seconds: number): string {
  return `the client signs a date that is ${seconds / 3600} h from the one it sends: its local time is taken for UTC in one of both places`;
}

function shifted(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}

function neighbours(date: Date): string[] {
  return [-86_400, 86_400].map((offset) => signingDay(shifted(date, offset)));
}

function otherDay(authorization: WrongSignature['authorization'] & { readonly version: 'V4' }, day: string): Mistake {
  return {
    cause: `the client signs with the day ${day}, which is not that of x-oss-date: days are those of UTC`,
    authorization: { ...authorization, day },
  };
}
