import type { Domain } from '../settings/manage-settings.js';
import type { CdnReply } from './cdn-answer.js';
import { type CdnCall, optionalList, requiredText } from './cdn-call.js';
import { type CdnFault, isFault } from './cdn-fault.js';
import { configId } from './config-id.js';
import { domainFor } from './domains-of-call.js';
import { type DescribedList, listsOfPolicy } from './lists-of-policy.js';

/** DescribeCdnDomainConfigs: the functions that are set, of those asked for by name or identifier. */
export async function describeConfigs(call: CdnCall): Promise<CdnReply | CdnFault> {
  const name = requiredText(call, 'DomainName');
  if (typeof name !== 'string') return name;
  const domain = domainFor(call, name, 'viewer');
  if (isFault(domain)) return domain;
  const read = await call.context.policies.read(domain.policy);
  if (read.kind === 'unloadable') return UNREADABLE;
  const names = optionalList(call, 'FunctionNames');
  const ids = optionalList(call, 'ConfigId');
  const lists = listsOfPolicy(read.kind === 'absent' ? undefined : read.policy).filter(
    (each) => (names?.includes(each.name) ?? true) && (ids?.includes(String(configId(domain, each.name))) ?? true),
  );
  return { body: { DomainConfigs: { DomainConfig: lists.map((each) => describe(domain, each)) } } };
}

const UNREADABLE: CdnFault = {
  code: 'ServiceUnavailable',
  message: 'The rule file of the domain cannot be read now. The log of the service says what is wrong with it.',
};

/** Identifiers are texts here, and numbers where they are given out: so are the types of the SDKs. */
function describe(domain: Domain, { name, args }: DescribedList): object {
  return {
    ConfigId: String(configId(domain, name)),
    FunctionName: name,
    ParentId: '-1',
    Status: 'success',
    FunctionArgs: { FunctionArg: args.map(([ArgName, ArgValue]) => ({ ArgName, ArgValue })) },
  };
}
