import type { Plain } from '../../rules/parse/syntax-tree.js';
import { refuseMediaType } from './media-type.js';
import type { Problem } from './problem.js';
import { readJson } from './read-json.js';
import type { RestCall } from './rest-call.js';

/** The JSON that a change carries. `accepted`: media types in lower case. */
export function readJsonBody(call: RestCall, accepted: readonly string[]): { readonly value: Plain } | Problem {
  if (call.body === 'too-large') return TOO_LARGE;
  const refused = refuseMediaType(call, accepted);
  if (refused !== undefined) return refused;
  const read = readJson(call.body);
  return 'problem' in read ? { code: 'malformed_json', detail: read.problem } : read;
}

/** More than the listener reads. */
export const TOO_LARGE: Problem = {
  code: 'too_large',
  detail: 'the body is larger than 1 MiB; put long lists into a list file ({ file: … })',
};
