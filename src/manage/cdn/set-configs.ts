import type { Domain } from '../settings/manage-settings.js';
import type { CdnReply } from './cdn-answer.js';
import { type CdnCall, requiredList, requiredText } from './cdn-call.js';
import { type CdnFault, isFault } from './cdn-fault.js';
import { changeDomains, type DomainEdit } from './change-domains.js';
import { configId } from './config-id.js';
import { domainsFor, tooManyDomains } from './domains-of-call.js';
import { listsOfPolicy } from './lists-of-policy.js';
import { policyOfList } from './policy-of-list.js';
import { parseFunctions, readFunctions, type WrittenFunction } from './read-functions.js';
import { readRefererList } from './read-referer-list.js';
import type { RefererList } from './referer-list.js';

/** BatchSetCdnDomainConfig: sets a Referer list of one or more domains. */
export async function setConfigs(call: CdnCall): Promise<CdnReply | CdnFault> {
  const names = requiredList(call, 'DomainNames');
  if ('code' in names) return names;
  const text = requiredText(call, 'Functions');
  if (typeof text !== 'string') return text;
  const written = parseFunctions(text);
  const tooMany = tooManyDomains(names.length, 'code' in written ? 1 : written.length);
  if (tooMany !== undefined) return tooMany;
  const domains = domainsFor(call, names, 'editor');
  if ('code' in domains) return domains;
  const list = 'code' in written ? written : readOneList(written, domains);
  if (isFault(list)) return list;
  const changed = await changeDomains(call, domains, setting(list));
  if (isFault(changed)) return changed;
  return { body: { DomainConfigList: { DomainConfigModel: domains.map((each) => describe(each, list)) } }, ...changed };
}

/** Every function is looked at, and then whether they go together: a domain has one list. */
function readOneList(written: readonly unknown[], domains: readonly Domain[]): RefererList | CdnFault {
  const functions = readFunctions(written);
  if ('code' in functions) return functions;
  const lists: RefererList[] = [];
  for (const each of functions) {
    const list = readRefererList(each);
    if (isFault(list)) return list;
    const unknownId = problemOfId(each, domains);
    if (unknownId !== undefined) return unknownId;
    lists.push(list);
  }
  const [list, other] = lists;
  return list === undefined || other !== undefined ? conflict('The call sets both Referer lists: set one.') : list;
}

function problemOfId({ name, configId: given }: WrittenFunction, domains: readonly Domain[]): CdnFault | undefined {
  const other = domains.find((domain) => given !== undefined && given !== String(configId(domain, name)));
  if (other === undefined) return undefined;
  return {
    code: 'InvalidConfigId.NotFound',
    message: `configId is not that of ${name} of ${other.name}: leave it out, or take it from DescribeCdnDomainConfigs.`,
  };
}

function setting(list: RefererList): DomainEdit {
  return (domain, before) => {
    const other = listsOfPolicy(before).find(({ name }) => name !== list.name);
    return other === undefined
      ? policyOfList(domain, before, list)
      : conflict(`${other.name} of ${domain.name} is set: delete it first (DeleteSpecificConfig).`);
  };
}

/** Alibaba CDN: "Blacklists and whitelists are mutually exclusive." */
function conflict(message: string): CdnFault {
  return { code: 'ConfigurationConflicts', message };
}

function describe(domain: Domain, { name }: RefererList): object {
  return { ConfigId: configId(domain, name), DomainName: domain.name, FunctionName: name };
}
