import type { ManageAnswer } from '../manage-answer.js';
import { answerRead } from './conditional-answer.js';
import { isPolicyName } from './policy-name.js';
import { notFound, type Problem, unreadable } from './problem.js';
import { representPolicies, representPolicy } from './representation.js';
import type { PolicyCall, RestCall } from './rest-call.js';
import type { RestContext } from './rest-context.js';

/** Every policy, in the order in which they decide. */
export async function listPolicies(call: RestCall, context: RestContext): Promise<ManageAnswer | Problem> {
  const list = await context.policies.list();
  if (list.kind === 'unloadable') return unreadable(list.errors);
  return answerRead(call.headers, representPolicies(list.policies, list.generation));
}

/** One policy, whoever wrote it. */
export async function readPolicy(call: PolicyCall, context: RestContext): Promise<ManageAnswer | Problem> {
  if (!isPolicyName(call.name)) return notFound(call.name);
  const read = await context.policies.read(call.name);
  if (read.kind === 'unloadable') return unreadable(read.errors);
  if (read.kind === 'absent') return notFound(call.name);
  return answerRead(call.headers, representPolicy(read.policy), { 'x-refgate-generation': String(read.generation) });
}
