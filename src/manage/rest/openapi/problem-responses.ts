import { STATUS_CODES } from 'node:http';
import { PROBLEM_STATUSES, type ProblemCode } from '../problem.js';
import { headerRef } from './headers.js';
import { schemaRef } from './json-schema.js';

type Status = (typeof PROBLEM_STATUSES)[ProblemCode];

/** The headers that a status comes with, and those that it may come with. */
const HEADERS: Readonly<Partial<Record<Status, readonly string[]>>> = {
  401: ['WWW-Authenticate'],
  415: ['Accept', 'Accept-Patch', 'Accept-Encoding'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** Every problem response, by status: the components that operations refer to. */
export function problemResponses(): Record<string, unknown> {
  const statuses = [...new Set(Object.values(PROBLEM_STATUSES))].filter((status) => status !== 405);
  return Object.fromEntries(statuses.map((status) => [nameOf(status), responseOf(status)]));
}

/** The responses of an operation that has these problems, by status. */
export function problemRefs(statuses: readonly Status[]): Record<string, unknown> {
  const refs = statuses.map((status) => [String(status), { $ref: `#/components/responses/${nameOf(status)}` }]);
  return Object.fromEntries(refs);
}

function responseOf(status: Status): unknown {
  const codes = Object.entries(PROBLEM_STATUSES).flatMap(([code, its]) => (its === status ? [code] : []));
  const schema = {
    allOf: [schemaRef('Problem'), { properties: { status: { const: status }, code: { enum: codes } } }],
  };
  return {
    description: `${STATUS_CODES[status]}: ${codes.join(', ')}`,
    ...(HEADERS[status] && { headers: Object.fromEntries(HEADERS[status].map((name) => [name, headerRef(name)])) }),
    content: { 'application/problem+json': { schema } },
  };
}

/** `Precondition Failed` → `PreconditionFailed` */
function nameOf(status: Status): string {
  return (STATUS_CODES[status] ?? '').replace(/[^A-Za-z]/g, '');
}
