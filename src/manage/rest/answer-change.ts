import type { ManageAnswer } from '../manage-answer.js';
import type { ChangeOutcome, PolicyDifference } from '../policies/managed-policies.js';
import { changeSource } from './change-source.js';
import type { ChangeRefusal } from './policy-edit.js';
import { describeMistake, mistakesOfNamed } from './policy-mistakes.js';
import { invalid, type Problem, unloadable } from './problem.js';
import { representPolicy } from './representation.js';
import type { PolicyCall } from './rest-call.js';
import type { RestContext } from './rest-context.js';
import { warningsHeader } from './warnings-header.js';

type Outcome = ChangeOutcome<ChangeRefusal>;

/** The answer to a change, which is written to the audit log if it holds. */
export async function answerChange(
  outcome: Outcome,
  call: PolicyCall,
  context: RestContext,
): Promise<ManageAnswer | Problem> {
  if (outcome.kind !== 'changed') return refuse(outcome, call, context);
  const { changes, generation, warnings } = outcome;
  context.audit.changed(changeSource(call.method, call.token, call.client), changes, generation);
  const headers = { 'x-refgate-generation': String(generation), ...warningsHeader(warnings, context.rules) };
  return answerDifference(changes[0], headers, call);
}

function answerDifference(
  change: PolicyDifference | undefined,
  headers: Readonly<Record<string, string>>,
  { name }: PolicyCall,
): ManageAnswer {
  if (change?.after === undefined) return { status: 204, headers, body: '' };
  const { body, etag } = representPolicy(change.after);
  const shown = { ...headers, 'content-type': 'application/json', etag };
  if (change.before !== undefined) return { status: 200, headers: shown, body };
  return { status: 201, headers: { ...shown, location: `/v1/policies/${name}` }, body };
}

async function refuse(
  outcome: Exclude<Outcome, { kind: 'changed' }>,
  { name }: PolicyCall,
  context: RestContext,
): Promise<Problem> {
  switch (outcome.kind) {
    case 'refused':
      if (!('wrong' in outcome.refusal)) return outcome.refusal;
      return invalid(await mistakesOfNamed(outcome.refusal.wrong, name, context));
    case 'invalid': {
      const own = `${context.settings().managed}/${name}.yaml`;
      return invalid(outcome.errors.map((error) => describeMistake(error, own, context)));
    }
    case 'elsewhere':
      return { code: 'not_managed', detail: `the policy is in ${outcome.file}, which the API does not write` };
    case 'unloadable':
      return unloadable(outcome.errors);
    case 'unwritable':
      return {
        code: 'not_writable',
        detail: `nothing was changed: ${outcome.problem}`,
        headers: { 'retry-after': '5' },
      };
  }
}
