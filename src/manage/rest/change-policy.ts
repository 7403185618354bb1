import type { Plain } from '../../rules/parse/syntax-tree.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import { isMapping } from '../is-mapping.js';
import type { ManageAnswer } from '../manage-answer.js';
import { answerChange } from './answer-change.js';
import { mergePatch } from './merge-patch.js';
import { editPolicy, type WantedChange } from './policy-edit.js';
import { mistakesOf } from './policy-mistakes.js';
import { isPolicyName } from './policy-name.js';
import { preconditionsOf } from './preconditions.js';
import { invalid, notFound, type Problem } from './problem.js';
import { readJsonBody } from './read-json-body.js';
import type { PolicyCall } from './rest-call.js';
import type { RestContext } from './rest-context.js';

/** Replaces a policy, or makes one. */
export async function putPolicy(call: PolicyCall, context: RestContext): Promise<ManageAnswer | Problem> {
  const body = readJsonBody(call, ['application/json']);
  if ('code' in body) return body;
  if (!isPolicyName(call.name)) return invalid(await mistakesOf(withName(body.value, call.name), context));
  return change(call, context, { needsPolicy: false, wanted: () => body.value });
}

/** Merges the body into a policy (RFC 7396). */
export async function patchPolicy(call: PolicyCall, context: RestContext): Promise<ManageAnswer | Problem> {
  const body = readJsonBody(call, ['application/merge-patch+json', 'application/json']);
  if ('code' in body) return body;
  const wanted = (current: PolicySource | undefined) => mergePatch(current, body.value);
  return change(call, context, { needsPolicy: true, wanted });
}

/** Removes a policy. */
export async function deletePolicy(call: PolicyCall, context: RestContext): Promise<ManageAnswer | Problem> {
  return change(call, context, { needsPolicy: true, wanted: () => undefined });
}

async function change(
  call: PolicyCall,
  context: RestContext,
  step: Pick<WantedChange, 'needsPolicy' | 'wanted'>,
): Promise<ManageAnswer | Problem> {
  const { name } = call;
  if (!isPolicyName(name)) return notFound(name);
  const wanted: WantedChange = { ...step, name, preconditions: preconditionsOf(call.headers) };
  const outcome = await context.policies.change({ names: [name], edit: (current) => editPolicy(wanted, current) });
  return answerChange(outcome, call, context);
}

function withName(policy: Plain, name: string): Plain {
  return isMapping(policy) ? Object.assign(Object.create(null), policy, { name }) : policy;
}
