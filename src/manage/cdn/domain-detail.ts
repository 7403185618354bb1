import type { CdnReply } from './cdn-answer.js';
import { type CdnCall, requiredText } from './cdn-call.js';
import { type CdnFault, isFault } from './cdn-fault.js';
import { domainFor } from './domains-of-call.js';

/**
 * DescribeCdnDomainDetail, on which Terraform waits after each change: a change is in force once it is answered, so that
 * a domain is always online. Of what refgate does not know, the texts are empty, for clients expect texts.
 */
export async function domainDetail(call: CdnCall): Promise<CdnReply | CdnFault> {
  const name = requiredText(call, 'DomainName');
  if (typeof name !== 'string') return name;
  const domain = domainFor(call, name, 'viewer');
  if (isFault(domain)) return domain;
  const unknown = { Cname: '', HttpsCname: '', Description: '', GmtCreated: '', GmtModified: '', ResourceGroupId: '' };
  return {
    body: {
      GetDomainDetailModel: {
        DomainName: domain.name,
        DomainStatus: 'online',
        CdnType: 'web',
        Scope: 'global',
        ServerCertificateStatus: 'off',
        SourceModels: { SourceModel: [] },
        ...unknown,
      },
    },
  };
}
