import { STATUS_CODES } from 'node:http';
import { quote } from '../../rules/key-path.js';
import type { ManageAnswer } from '../manage-answer.js';

/** The status of every problem, by its code. The codes are part of the API: clients and the audit log tell by them. */
export const PROBLEM_STATUSES = {
  malformed_request: 400,
  malformed_json: 400,
  no_token: 401,
  unknown_token: 401,
  viewer: 403,
  read_only: 403,
  not_found: 404,
  unknown_path: 404,
  method_not_allowed: 405,
  not_managed: 409,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_policy: 422,
  precondition_required: 428,
  too_many_requests: 429,
  internal_error: 500,
  rules_unloadable: 503,
  not_writable: 503,
} as const;

/** What tells one problem from another. */
export type ProblemCode = keyof typeof PROBLEM_STATUSES;

/** One mistake of a policy. */
export interface PolicyMistake {
  /** Within the policy: `referer.allow[2]`; `''`: the policy as a whole. */
  readonly path: string;
  readonly message: string;
  /** The list file that it is in, and where; not given for what the policy itself says. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Why a request was not done. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong, and what to do. */
  readonly detail: string;
  /** Every mistake of a policy. */
  readonly errors?: readonly PolicyMistake[];
  /** By name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whether a request was not done. */
export function isProblem(result: ManageAnswer | Problem): result is Problem {
  return 'code' in result;
}

/**
 * The problem as `application/problem+json` (RFC 9457). The type is `about:blank`, so the title is that of the status;
 * `code` says more.
 */
export function problemAnswer({ code, detail, errors, headers }: Problem): ManageAnswer {
  const status = PROBLEM_STATUSES[code];
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code, errors };
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify(body),
  };
}

/** Mistakes of a policy that are told in one line. */
const MISTAKES_TOLD = 5;

/** The problem in one line: `the policy has a mistake; nothing was changed: referer.allow[1]: bad pattern …`. */
export function describeProblem({ detail, errors = [] }: Problem): string {
  const told = errors.slice(0, MISTAKES_TOLD).map(({ path, message, file, line, column }) => {
    const place = file === undefined ? [] : [`${file}:${line}:${column}`];
    return [...place, path, message].filter((part) => part !== '').join(': ');
  });
  return told.length === 0 ? detail : `${detail}: ${told.join('; ')}`;
}

/** What was asked of the policy by `If-Match` or `If-None-Match` does not hold. */
export const PRECONDITION_FAILED: Problem = {
  code: 'precondition_failed',
  detail:
    'the policy is not the one that If-Match or If-None-Match asks for; read it again (an ETag is sent in its quotes)',
};

/** The rule files cannot be loaded as they are, so that no change comes into force. */
export function unloadable(errors: readonly string[]): Problem {
  return broken('the rule files cannot be loaded as they are now; nothing was changed', errors);
}

/** What was asked for is in rule files that cannot be read as they are. */
export function unreadable(errors: readonly string[]): Problem {
  return broken('what was asked for cannot be read, since its rule files have mistakes now', errors);
}

function broken(what: string, [first = '', ...others]: readonly string[]): Problem {
  const more = others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'error' : 'errors'}`;
  return { code: 'rules_unloadable', detail: `${what}: ${first}${more}`, headers: { 'retry-after': '5' } };
}

/** No policy of that name. */
export function notFound(name: string): Problem {
  return { code: 'not_found', detail: `there is no policy ${quote(name)}` };
}

/** What was asked for is no policy. */
export function invalid(errors: readonly PolicyMistake[]): Problem {
  const count = errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`;
  return { code: 'invalid_policy', detail: `the policy has ${count}; nothing was changed`, errors };
}
