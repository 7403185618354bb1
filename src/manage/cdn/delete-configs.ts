import { isRefererFunction, REFERER_FUNCTIONS, type RefererFunction } from '../../import/cdn/referer-functions.js';
import type { CdnReply } from './cdn-answer.js';
import { type CdnCall, requiredList, requiredText } from './cdn-call.js';
import { type CdnFault, isFault } from './cdn-fault.js';
import { changeDomains, type DomainEdit } from './change-domains.js';
import { configId } from './config-id.js';
import { domainFor, domainsFor, tooManyDomains } from './domains-of-call.js';
import { listsOfPolicy, withoutLists } from './lists-of-policy.js';
import { unsupportedFunction } from './read-functions.js';

/** DeleteSpecificConfig: deletes functions of a domain by their identifiers. An identifier of nothing is no mistake. */
export async function deleteSpecificConfig(call: CdnCall): Promise<CdnReply | CdnFault> {
  const name = requiredText(call, 'DomainName');
  if (typeof name !== 'string') return name;
  const ids = requiredList(call, 'ConfigId');
  if ('code' in ids) return ids;
  const domain = domainFor(call, name, 'editor');
  if (isFault(domain)) return domain;
  const functions = Object.keys(REFERER_FUNCTIONS).filter(isRefererFunction);
  const deleted = functions.filter((each) => ids.includes(String(configId(domain, each))));
  return replyTo(await changeDomains(call, [domain], deleting(deleted)));
}

/** BatchDeleteCdnDomainConfig: deletes functions of domains by their names. */
export async function deleteConfigs(call: CdnCall): Promise<CdnReply | CdnFault> {
  const names = requiredList(call, 'DomainNames');
  if ('code' in names) return names;
  const functions = requiredList(call, 'FunctionNames');
  if ('code' in functions) return functions;
  const tooMany = tooManyDomains(names.length, functions.length);
  if (tooMany !== undefined) return tooMany;
  const domains = domainsFor(call, names, 'editor');
  if ('code' in domains) return domains;
  const other = functions.find((each) => !isRefererFunction(each));
  if (other !== undefined) return unsupportedFunction(other);
  return replyTo(await changeDomains(call, domains, deleting(functions.filter(isRefererFunction))));
}

function replyTo(changed: { readonly generation: number } | CdnFault): CdnReply | CdnFault {
  return isFault(changed) ? changed : { body: {}, ...changed };
}

/** A policy in which none of them is set stays as it is. */
function deleting(names: readonly RefererFunction[]): DomainEdit {
  return (_, before) => {
    const isSet = listsOfPolicy(before).some(({ name }) => names.includes(name));
    return before === undefined || !isSet ? before : withoutLists(before, names);
  };
}
