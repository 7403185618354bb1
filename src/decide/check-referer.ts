import type { AuthzRequest } from '../model/authz-request.js';
import type { EmptyAnswer, Policy } from '../model/policy.js';
import type { DecisionCache, RefererVerdict, Snapshot } from '../model/snapshot.js';
import { cacheKey, isWorthCaching } from './decision-cache.js';
import { evidenceOf } from './evidence.js';
import {
  judgeEmpty,
  judgeEvidence,
  judgeReferer,
  judgeStranger,
  judgeUnreadable,
  orSelf,
  type Witness,
} from './judge-referer.js';
import { type RefererHeader, readReferer } from './read-referer.js';

/** What is judged, and by which rules. */
interface Hearing {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  /** The request's own host, normalised. */
  readonly host: string;
  readonly headers: AuthzRequest['headers'];
}

/** Steps 3 to 8: what the policy says of the request's Referer. `host` is the request's own, normalised. */
export function checkReferer(
  snapshot: Snapshot,
  policy: Policy,
  { headers }: AuthzRequest,
  host: string,
): RefererVerdict {
  return judgeHeader({ snapshot, policy, host, headers }, readReferer(headers.get('referer')), 'referer');
}

function judgeHeader(hearing: Hearing, header: RefererHeader, witness: Witness): RefererVerdict {
  const { referer } = hearing.policy;
  switch (header.kind) {
    case 'absent':
      return judgeWithheld(hearing, referer.absent);
    case 'blank':
      return judgeWithheld(hearing, referer.blank);
    case 'unreadable':
      return judgeUnreadable(referer, witness);
    case 'text':
      return judgeText(hearing, header.text, witness);
  }
}

function judgeWithheld(hearing: Hearing, answer: EmptyAnswer): RefererVerdict {
  if (answer !== 'verify') return judgeEmpty(answer);
  const evidence = evidenceOf(hearing.headers);
  if (evidence.kind !== 'origin') return judgeEvidence(evidence.kind, hearing.policy.referer.verifyFallback);
  return judgeHeader(hearing, evidence.referer, 'origin');
}

/** What is remembered is what the lists say, whoever is asked for: whether the page is the site's own is told each time. */
function judgeText({ snapshot: { cache }, policy, host }: Hearing, text: string, witness: Witness): RefererVerdict {
  const { referer } = policy;
  if (cache === undefined) return judgeReferer(referer, host, text, witness);
  const remember = isWorthCaching(referer) ? throughCache : throughRecent;
  return orSelf(remember(cache, policy, text, witness), referer, host);
}

function throughCache(cache: DecisionCache, policy: Policy, text: string, witness: Witness): RefererVerdict {
  const key = cacheKey(policy, text, witness);
  if (key === undefined) return judgeStranger(policy.referer, text, witness);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const verdict = judgeStranger(policy.referer, text, witness);
  cache.offer(key, verdict);
  return verdict;
}

function throughRecent({ recent }: DecisionCache, policy: Policy, text: string, witness: Witness): RefererVerdict {
  if (witness === 'origin') return judgeStranger(policy.referer, text, witness);
  const known = recent.find(policy, text);
  if (known !== undefined) return known;
  const verdict = judgeStranger(policy.referer, text, witness);
  recent.keep(policy, text, verdict);
  return verdict;
}
