import type { RefererRules } from '../../model/policy.js';
import { type EvidenceHeader, evidenceHeaders } from '../../referer/evidence-headers.js';

/** The request headers that a policy reads in place of an empty Referer: none unless it says `verify`. */
export function evidenceRead({ absent, blank }: RefererRules): readonly EvidenceHeader[] {
  return absent === 'verify' || blank === 'verify' ? evidenceHeaders : [];
}
