import { type AnonymousCall, optionalList } from './cdn-call.js';
import type { CdnFault } from './cdn-fault.js';
import { findDomain } from './domains-of-call.js';
import { isChange } from './perform-action.js';

/** Policies of one call that are named; no call that is granted has more. */
const MOST_POLICIES = 50;

/** Writes down a change that was refused: a line for each policy that it names, one where it names none. */
export function auditRefusal(call: AnonymousCall, fault: CdnFault): void {
  const { context, by } = call;
  if (!isChange(by.action)) return;
  const policies = policiesOf(call);
  for (const policy of policies.length === 0 ? [undefined] : policies) context.audit.refused(by, policy, fault.code);
}

function policiesOf(call: AnonymousCall): readonly string[] {
  const names = [...(optionalList(call, 'DomainNames') ?? []), ...(optionalList(call, 'DomainName') ?? [])];
  const domains = names.slice(0, MOST_POLICIES).map((name) => findDomain(call.settings, name));
  return [...new Set(domains.flatMap((domain) => domain?.policy ?? []))];
}
