import type { AuthzRequest } from '../model/authz-request.js';
import type { FileFindings } from '../rules/findings.js';
import type { KeyPath } from '../rules/key-path.js';
import type { Draft } from '../rules/validate/draft.js';
import { type FieldProblem, findRequestProblems, toAuthzRequest } from '../transport/request-from-url.js';
import type { CaseSource } from './schema.js';

type RequestDraft = Draft<CaseSource['request']>;
type HeaderDraft = RequestDraft['referer'];

/**
 * The request of a case, without what the schema refused; `path` is the way to it in its file. `undefined` when
 * something is missing or wrong, after what is wrong is reported.
 */
export function readRequest(draft: RequestDraft, path: KeyPath, findings: FileFindings): AuthzRequest | undefined {
  const headers = Object.entries(draft.headers ?? {}).flatMap(([name, values]) =>
    valuesOf(values).map((value, position) => ({ name, value, path: pathOf(['headers', name], values, position) })),
  );
  const pathOfProblem = ({ field, position }: FieldProblem): KeyPath => {
    if (field === 'headers') return headers[position]?.path ?? ['headers'];
    return field === 'referers' ? pathOf(['referer'], draft.referer, position) : [field];
  };
  const given = {
    ...{ url: draft.url, method: draft.method, clientIp: draft.clientIp, policy: draft.policy },
    referers: valuesOf(draft.referer),
    headers: headers.map(({ name, value }) => [name, value] as const),
  };
  for (const problem of findRequestProblems(given)) {
    findings.wrong([...path, ...pathOfProblem(problem)], problem.problem);
  }
  const request = draft.url === undefined ? undefined : toAuthzRequest({ ...given, url: draft.url });
  return request === undefined || 'problem' in request ? undefined : request;
}

function valuesOf(given: HeaderDraft): readonly string[] {
  if (given === null || given === undefined) return [];
  return typeof given === 'string' ? [given] : given.filter((value) => value !== undefined);
}

function pathOf(path: KeyPath, given: HeaderDraft, position: number): KeyPath {
  return Array.isArray(given) ? [...path, position] : path;
}
