import type { IncomingHttpHeaders } from 'node:http';

/** What a request asks of the policy before anything is done to it (RFC 9110 §13.1.1, §13.1.2). */
export interface Preconditions {
  /** As they came; several of one name are joined by commas. */
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** The preconditions of a request. */
export function preconditionsOf(headers: IncomingHttpHeaders): Preconditions {
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

/** Whether `If-Match` holds, or is not given. `etag`: of what is there; `undefined`: nothing is. */
export function holdsIfMatch({ ifMatch }: Preconditions, etag: string | undefined): boolean {
  if (ifMatch === undefined) return true;
  // Strong comparison: a weak tag is never that of the same bytes.
  return etag !== undefined && (isAny(ifMatch) || tagsOf(ifMatch).includes(etag));
}

/** Whether `If-None-Match` holds, or is not given. */
export function holdsIfNoneMatch({ ifNoneMatch }: Preconditions, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return true;
  return !isAny(ifNoneMatch) && !tagsOf(ifNoneMatch).some((tag) => tag.replace(/^W\//, '') === etag);
}

function isAny(value: string): boolean {
  return value.trim() === '*';
}

/** A tag may hold commas, so that lists are not cut at them. What is no tag, such as one without quotes, is left out. */
function tagsOf(value: string): string[] {
  return value.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
