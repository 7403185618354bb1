import { quote } from '../../rules/key-path.js';
import type { AccessKey, Domain, ManageSettings, Role } from '../settings/manage-settings.js';
import { roleFor } from '../settings/role-for.js';
import type { CdnCall } from './cdn-call.js';
import type { CdnFault } from './cdn-fault.js';

/** Alibaba CDN: "up to 50 domain names in each call", and not more than 50 domains × functions. */
const MOST_CONFIGURATIONS = 50;

/** Why a call is about too much; `undefined` where it is not. */
export function tooManyDomains(domains: number, functions: number): CdnFault | undefined {
  if (domains <= MOST_CONFIGURATIONS && domains * functions <= MOST_CONFIGURATIONS) return undefined;
  return {
    code: 'TooManyDomains',
    message:
      `The call is about ${domains} domains and ${functions} functions: at most ${MOST_CONFIGURATIONS} domains, and ` +
      `domains times functions, are taken at once. Make several calls.`,
  };
}

/** The domains of a call, each once, if all of them are there and the key may do what it wants with each. */
export function domainsFor(call: CdnCall, names: readonly string[], role: Role): readonly Domain[] | CdnFault {
  const domains = new Set<Domain>();
  for (const name of names) {
    const domain = findDomain(call.settings, name);
    if (domain === undefined) return unknownDomain(name);
    domains.add(domain);
  }
  const refused = [...domains].map((domain) => problemOfRight(call, domain, role));
  return refused.find((fault) => fault !== undefined) ?? [...domains];
}

/** The same, for a call about one domain. */
export function domainFor(call: CdnCall, name: string, role: Role): Domain | CdnFault {
  const domain = findDomain(call.settings, name);
  if (domain === undefined) return unknownDomain(name);
  return problemOfRight(call, domain, role) ?? domain;
}

/** A domain of the settings, in whatever case it is written. */
export function findDomain({ domains }: ManageSettings, name: string): Domain | undefined {
  return domains.get(name) ?? domains.get(name.toLowerCase());
}

function problemOfRight({ settings, key }: CdnCall, domain: Domain, role: Role): CdnFault | undefined {
  const granted = roleFor(domain.name, key.domains);
  if (granted !== 'editor' && granted !== role) return noRight(key, domain, role);
  if (role === 'viewer' || !settings.readOnly) return undefined;
  return { code: 'Forbidden.RAM', message: 'The service is read-only: changes are refused.' };
}

function unknownDomain(name: string): CdnFault {
  return {
    code: 'InvalidDomain.NotFound',
    message: `The domain ${quote(name)} provided does not exist in our records: it must be among the domains of the management settings.`,
  };
}

function noRight({ id }: AccessKey, { name }: Domain, role: Role): CdnFault {
  return {
    code: 'Forbidden.RAM',
    message: `User not authorized to operate on the specified resource: the access key ${id} is no ${role} of ${name}.`,
  };
}
