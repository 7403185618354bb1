import type { Plain, PlainMapping } from '../../rules/parse/syntax-tree.js';
import { type PolicySource, policySchema } from '../../rules/validate/schema.js';
import { isMapping } from '../is-mapping.js';
import type { CurrentPolicies, Edit } from '../policies/managed-policies.js';
import { holdsIfMatch, holdsIfNoneMatch, type Preconditions } from './preconditions.js';
import { notFound, PRECONDITION_FAILED, type Problem } from './problem.js';
import { representPolicy } from './representation.js';

/** What is asked for: a policy as it shall be, made of the one that is there. */
export interface WantedChange {
  readonly name: string;
  readonly preconditions: Preconditions;
  /** False: it may also make a policy that is not there yet. */
  readonly needsPolicy: boolean;
  /** `undefined`: the policy is removed. */
  wanted(current: PolicySource | undefined): Plain | undefined;
}

/** `wrong`: what was asked for cannot be a policy; its mistakes are to be told. */
export type ChangeRefusal = Problem | { readonly wrong: Plain };

/**
 * Judges the preconditions of a change by the policy that is there, and makes the one that shall be. To be called where
 * nobody else changes the policy, so that no update is lost.
 */
export function editPolicy(change: WantedChange, policies: CurrentPolicies): Edit<ChangeRefusal> {
  const current = policies.get(change.name);
  const refused = judge(change, current);
  if (refused !== undefined) return { refused };
  const wanted = change.wanted(current);
  if (wanted === undefined) return { next: new Map() };
  const named = isMapping(wanted) ? nameFirst(wanted, change.name) : wanted;
  if (!isPolicy(named) || named.name !== change.name) return { refused: { wrong: named } };
  return { next: new Map([[change.name, named]]) };
}

/** RFC 9110 §13.2.1: what is missing is told before preconditions are judged, and they before the body is. */
function judge(change: WantedChange, current: PolicySource | undefined): Problem | undefined {
  const { preconditions } = change;
  if (current === undefined && change.needsPolicy) return notFound(change.name);
  const etag = current && representPolicy(current).etag;
  if (!holdsIfMatch(preconditions, etag) || !holdsIfNoneMatch(preconditions, etag)) return PRECONDITION_FAILED;
  return current !== undefined && preconditions.ifMatch === undefined ? PRECONDITION_REQUIRED : undefined;
}

/** The name comes from the path, unless the body has one. */
function nameFirst(policy: PlainMapping, name: string): PlainMapping {
  return Object.assign(Object.create(null), { name }, policy);
}

/** Whether the schema takes it. What its patterns mean is looked at by who writes it. */
function isPolicy(value: unknown): value is PolicySource {
  return policySchema.safeParse(value).success;
}

const PRECONDITION_REQUIRED: Problem = {
  code: 'precondition_required',
  detail: 'the policy exists; send the ETag that it was read with in If-Match, so that nobody else’s change is lost',
};
