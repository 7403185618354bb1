import type { PolicySource } from '../../rules/validate/schema.js';
import type { ChangeOutcome, Edit, PolicyChange } from '../policies/managed-policies.js';
import type { Domain } from '../settings/manage-settings.js';
import type { CdnCall } from './cdn-call.js';
import { type CdnFault, isFault } from './cdn-fault.js';

/** The policy of a domain that shall be, from the one that is there; `undefined` is none. */
export type DomainEdit = (domain: Domain, before: PolicySource | undefined) => PolicySource | CdnFault | undefined;

/** Errors of a policy that are told in one answer. */
const ERRORS_TOLD = 5;

/** Changes the policies of domains: all of them, or nothing. Answers the generation that is in force then. */
export async function changeDomains(
  call: CdnCall,
  domains: readonly Domain[],
  edit: DomainEdit,
): Promise<{ readonly generation: number } | CdnFault> {
  const names = domains.map(({ policy }) => policy);
  const change: PolicyChange<CdnFault> = { names, edit: (current) => editAll(domains, current, edit) };
  const outcome = await call.context.policies.change(change);
  if (outcome.kind !== 'changed') return faultOf(outcome);
  call.context.audit.changed(call.by, outcome.changes, outcome.generation);
  return { generation: outcome.generation };
}

function editAll(
  domains: readonly Domain[],
  current: ReadonlyMap<string, PolicySource>,
  edit: DomainEdit,
): Edit<CdnFault> {
  const next = new Map<string, PolicySource>();
  for (const domain of domains) {
    const policy = edit(domain, current.get(domain.policy));
    if (policy === undefined) continue;
    if (isFault(policy)) return { refused: policy };
    next.set(domain.policy, policy);
  }
  return { next };
}

function faultOf(outcome: Exclude<ChangeOutcome<CdnFault>, { kind: 'changed' }>): CdnFault {
  switch (outcome.kind) {
    case 'refused':
      return outcome.refusal;
    case 'invalid': {
      const told = outcome.errors.slice(0, ERRORS_TOLD).map(({ path, message }) => `${path}: ${message}`);
      return {
        code: 'InvalidArgValue.Malformed',
        message: `The policy ${outcome.policy} would be refused: ${told.join('; ')}.`,
      };
    }
    case 'elsewhere':
      return {
        code: 'PolicyNameConflict',
        message: `The policy ${outcome.policy} is in ${outcome.file}, which this API does not write: remove it there.`,
      };
    case 'unloadable':
      return unloadable;
    case 'unwritable':
      return {
        code: 'ServiceUnavailable',
        message: 'The rules cannot be written now: nothing is changed. The log of the service says why.',
      };
  }
}

/** The fault of rules that somebody else broke. */
const unloadable: CdnFault = {
  code: 'ServiceUnavailable',
  message: 'The rules cannot be loaded now: nothing is changed. The log of the service says which file is at fault.',
};
