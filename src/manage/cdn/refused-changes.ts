import type { Domain } from '../settings/manage-settings.js';
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
  const { code, message: detail } = fault;
  const given = [...(optionalList(call, 'DomainNames') ?? []), ...(optionalList(call, 'DomainName') ?? [])];
  const names = given.slice(0, MOST_POLICIES);
  const domains = domainsOf(call, names);
  for (const { policy, name: target } of domains) context.audit.refused(by, { policy, target, code, detail });
  if (domains.length > 0) return;
  const target = names.length === 0 ? undefined : names.join(',');
  context.audit.refused(by, { policy: undefined, target, code, detail });
}

/** Those that are there, one for each policy. */
function domainsOf({ settings }: AnonymousCall, names: readonly string[]): readonly Domain[] {
  const domains = names.flatMap((name) => findDomain(settings, name) ?? []);
  return [...new Map(domains.map((each) => [each.policy, each])).values()];
}
