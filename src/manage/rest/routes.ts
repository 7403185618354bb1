import type { ManageAnswer } from '../manage-answer.js';
import { deletePolicy, patchPolicy, putPolicy } from './change-policy.js';
import { readOpenApi } from './openapi/read-openapi.js';
import type { Problem } from './problem.js';
import { listPolicies, readPolicy } from './read-policies.js';
import type { PolicyCall } from './rest-call.js';
import type { RestContext } from './rest-context.js';
import { validateFile } from './validate-file.js';

type Result = ManageAnswer | Problem;

/** What answers the calls of a route. The name is empty where the path has none. */
export type RestHandler = (call: PolicyCall, context: RestContext) => Result | Promise<Result>;

/** A path, one of its methods, and what is done then. */
export interface RestRoute {
  readonly path: '/v1/policies' | '/v1/policies/:name' | '/v1/validate' | '/v1/openapi.json';
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'DELETE' | 'POST';
  readonly answer: RestHandler;
}

/** All that is served; `HEAD` is answered as `GET` is, without the body. */
export const routes: readonly RestRoute[] = [
  { path: '/v1/policies', method: 'GET', answer: listPolicies },
  { path: '/v1/policies/:name', method: 'GET', answer: readPolicy },
  { path: '/v1/policies/:name', method: 'PUT', answer: putPolicy },
  { path: '/v1/policies/:name', method: 'PATCH', answer: patchPolicy },
  { path: '/v1/policies/:name', method: 'DELETE', answer: deletePolicy },
  { path: '/v1/validate', method: 'POST', answer: validateFile },
  { path: '/v1/openapi.json', method: 'GET', answer: readOpenApi },
];

/** What `Allow` says of a path; `undefined`: nothing is served there. */
export function allowedMethods(path: string): string | undefined {
  const methods = routes.filter((route) => covers(route.path, path)).map(({ method }) => method);
  const all = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return all.length === 0 ? undefined : all.join(', ');
}

function covers(route: string, path: string): boolean {
  const [segments, parts] = [route.split('/'), path.split('/')];
  return segments.length === parts.length && segments.every((segment, at) => fits(segment, parts[at] ?? ''));
}

function fits(segment: string, part: string): boolean {
  return segment.startsWith(':') ? part !== '' : segment === part;
}
