import { STATUS_CODES } from 'node:http';
import type { DenyAnswer } from '../../model/policy.js';
import { describeValue } from '../describe-value.js';
import { REDIRECT_STATUSES } from '../validate/schema-deny.js';
import { alternatives } from '../validate/schema-texts.js';
import type { PolicyDraft } from '../validate/validate.js';
import { compileHeaders, problemOfHeaderValue } from './answer-headers.js';
import type { PolicyScope } from './policy-scope.js';
import { type Redirect, readRedirect } from './redirect-url.js';

type DenyDraft = NonNullable<PolicyDraft['onDeny']>;

/** The answer to a deny, and the redirect in it, which the loop guard needs too. */
export interface CompiledDeny {
  readonly answer: DenyAnswer;
  readonly redirect: Redirect | undefined;
}

/** The `onDeny` of a policy, without a `vary` of ours: see `withVary`. */
export function compileDeny(draft: DenyDraft, scope: PolicyScope): CompiledDeny {
  const format = draft.format === 'oss-xml' ? draft.format : undefined;
  if (format !== undefined) checkMadeBody(draft, scope);
  const redirect = compileRedirect(draft, scope);
  const isRedirect = 'redirect' in draft;
  const status = compileStatus(draft, isRedirect, scope);
  const body = bodyOf(draft, status);
  const headers = headersOf(draft, scope);
  if (format !== undefined) headers.set('content-type', 'application/xml');
  if (!headers.has('content-type') && body !== '') headers.set('content-type', 'text/plain; charset=utf-8');
  // A verdict must not be kept and given to the next page that embeds the same file.
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  const answer = { status, location: redirect?.location, headers: [...headers], body, ...(format && { format }) };
  return { answer, redirect };
}

/**
 * The answer with a `vary` that names the request headers it depends on, unless the policy sets its own. Added last,
 * for it takes all policies to know those headers.
 */
export function withVary(answer: DenyAnswer, headersRead: readonly string[]): DenyAnswer {
  if (answer.headers.some(([name]) => name === 'vary')) return answer;
  return { ...answer, headers: [...answer.headers, ['vary', headersRead.join(', ')]] };
}

function bodyOf(draft: DenyDraft, status: number): string {
  if (draft.format === 'oss-xml') return '';
  return draft.body ?? ('redirect' in draft ? '' : `${STATUS_CODES[status] ?? 'Denied'}\n`);
}

/** What the error document of OSS has a say in itself. */
function checkMadeBody(draft: DenyDraft, { findings, path }: PolicyScope): void {
  for (const key of ['body', 'contentType', 'redirect'] as const) {
    if (key in draft) findings.wrongKey([...path, 'onDeny', key], MADE_BY_FORMAT);
  }
  for (const key of Object.keys(draft.headers ?? {})) {
    if (MADE_HEADERS.has(key.toLowerCase())) findings.wrongKey([...path, 'onDeny', 'headers', key], MADE_BY_FORMAT);
  }
}

const MADE_HEADERS: ReadonlySet<string> = new Set(['content-type', 'x-oss-request-id', 'x-oss-ec']);

const MADE_BY_FORMAT =
  '"format: oss-xml" makes the whole answer but status and other headers; leave one of the two out';

function compileRedirect(draft: DenyDraft, scope: PolicyScope): Redirect | undefined {
  if (draft.redirect === undefined) return undefined;
  const redirect = readRedirect(draft.redirect);
  if (!('problem' in redirect)) return redirect;
  scope.findings.wrong([...scope.path, 'onDeny', 'redirect'], redirect.problem);
  return undefined;
}

function compileStatus({ status }: DenyDraft, isRedirect: boolean, scope: PolicyScope): number {
  if (status === undefined) return isRedirect ? 302 : 403;
  if (isRedirect === status < 400) return status;
  const expected = isRedirect
    ? `${alternatives(REDIRECT_STATUSES.map(String))} beside redirect`
    : 'a number from 400 to 499';
  const advice = isRedirect ? '' : '; a redirect status needs the key redirect';
  scope.findings.wrong(
    [...scope.path, 'onDeny', 'status'],
    `expected ${expected}, got ${describeValue(status)}${advice}`,
  );
  return status;
}

function headersOf(draft: DenyDraft, scope: PolicyScope): Map<string, string> {
  const path = [...scope.path, 'onDeny'];
  const headers = compileHeaders(draft.headers, [...path, 'headers'], scope);
  if (draft.contentType === undefined) return headers;
  const problem = headers.has('content-type')
    ? 'the content type is given under headers too; keep one'
    : draft.contentType.trim() === ''
      ? 'expected a media type such as text/html'
      : problemOfHeaderValue(draft.contentType);
  if (problem !== undefined) scope.findings.wrong([...path, 'contentType'], problem);
  return headers.set('content-type', draft.contentType.trim());
}
