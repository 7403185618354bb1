import { quote } from '../../rules/key-path.js';
import type { ManageRequest } from '../manage-request.js';
import type { CallSignature } from './call-signature.js';
import type { CdnReply } from './cdn-answer.js';
import type { CdnAction, CdnCall } from './cdn-call.js';
import { type CdnFault, throttled } from './cdn-fault.js';
import { deleteConfigs, deleteSpecificConfig } from './delete-configs.js';
import { describeConfigs } from './describe-configs.js';
import { domainDetail } from './domain-detail.js';
import { setConfigs } from './set-configs.js';

const READS: ReadonlyMap<string, CdnAction> = new Map([
  ['DescribeCdnDomainConfigs', describeConfigs],
  ['DescribeCdnDomainDetail', domainDetail],
]);

const CHANGES: ReadonlyMap<string, CdnAction> = new Map([
  ['BatchSetCdnDomainConfig', setConfigs],
  ['DeleteSpecificConfig', deleteSpecificConfig],
  ['BatchDeleteCdnDomainConfig', deleteConfigs],
]);

const VERSION = '2018-05-10';

/** Whether an action changes rules. */
export function isChange(action: string): boolean {
  return CHANGES.has(action);
}

/** Does what an authenticated call asks for. */
export async function performAction(
  call: CdnCall,
  { method, rawPath }: ManageRequest,
  { action, version }: CallSignature,
): Promise<CdnReply | CdnFault> {
  if (!call.context.limits.admit('key', call.key.id)) return throttled;
  const perform = READS.get(action) ?? CHANGES.get(action);
  // In RPC style the path is not signed.
  if (perform === undefined || rawPath !== '/' || !['GET', 'POST'].includes(method)) {
    return { code: 'InvalidAction.NotFound', message: 'Specified api is not found, please check your url and method.' };
  }
  if (version !== VERSION) {
    const found = version === undefined ? 'none' : quote(version);
    return {
      code: 'InvalidVersion',
      message: `Specified parameter Version is not valid: expected ${VERSION}, got ${found}.`,
    };
  }
  const { ambiguous } = call.parameters;
  if (ambiguous !== undefined) {
    return { code: 'InvalidParameter', message: `${quote(ambiguous)} is given with different values: give it once.` };
  }
  return perform(call);
}
