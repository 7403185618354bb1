import type { Reason } from '../model/decision.js';
import type { EntryMatcher } from '../model/matchers.js';
import type { Action, RefererRules } from '../model/policy.js';
import type { RefererVerdict } from '../model/snapshot.js';
import { parseReferer, type RefererReading } from '../referer/parse-referer.js';
import { truncateReferer } from '../referer/truncate-referer.js';
import type { Evidence } from './evidence.js';

/** Step 3: the answer to a request without a usable Referer. */
export function judgeEmpty(action: Action): RefererVerdict {
  return action === 'allow' ? emptyAllowed : emptyDenied;
}

/** Step 3 with `verify`, where the evidence is its own verdict. */
export function judgeEvidence(kind: Exclude<Evidence['kind'], 'origin'>, fallback: Action): RefererVerdict {
  if (kind === 'verified') return emptyVerified;
  if (kind === 'cross-site') return emptyCrossSite;
  return fallback === 'allow' ? emptyUnverified : emptyDenied;
}

/** What names the page: the Referer, or the Origin in its place. */
export type Witness = 'referer' | 'origin';

/**
 * Steps 3 to 8 for a Referer that is present: `text` without white space around it, `host` the request's own.
 * Depends on its arguments alone, which is what makes its verdicts cacheable.
 */
export function judgeReferer(rules: RefererRules, host: string, text: string, witness: Witness): RefererVerdict {
  if (rules.dialect === 'oss') {
    // Any text can be compared; as a URL it is read only to tell whose it is.
    const from = parseReferer(text, PLAIN_READING);
    return judgeByLists(rules, truncateReferer(text, rules.truncate), from?.host, host);
  }
  const url = parseReferer(text, rules);
  return url === undefined ? judgeUnreadable(rules, witness) : judgeByLists(rules, url, url.host, host);
}

/**
 * What `judgeReferer` says to a request for another host than the Referer's own: all of it that is looked up, and the
 * same whatever host is asked for.
 */
export function judgeStranger(rules: RefererRules, text: string, witness: Witness): RefererVerdict {
  return judgeReferer(rules, NO_HOST, text, witness);
}

/** The verdict that `judgeReferer` gives for this host, from the one that `judgeStranger` gave. */
export function orSelf(stranger: RefererVerdict, { allowSelf }: RefererRules, host: string): RefererVerdict {
  const { refererHost, step } = stranger;
  if (!allowSelf || refererHost !== host || refererHost === NO_HOST || step < SELF_STEP) return stranger;
  return verdict(SELF_STEP, 'allow', 'self', refererHost);
}

/** No Referer's host is empty. */
const NO_HOST = '';
const SELF_STEP = 5;

/**
 * A Referer that is no URL (oss dialect: that is too long, or several) matches no entry: an allow list denies it, a
 * deny list lets it pass. `invalid` is about Referers; step 3 is past when an Origin is judged.
 */
export function judgeUnreadable({ invalid, allow }: RefererRules, witness: Witness): RefererVerdict {
  if (witness === 'referer' && invalid !== 'lists') return invalid === 'allow' ? invalidAllowed : invalidDenied;
  return allow === undefined ? defaultAllowed : invalidNotListed;
}

/** What steps 4 to 8 ask of rules of any dialect. */
interface Lists<R> {
  readonly deny: EntryMatcher<R> | undefined;
  readonly allow: EntryMatcher<R> | undefined;
  readonly allowSelf: boolean;
}

/** Steps 4 to 8. `from` is the Referer's host, `undefined` where none can be read; `host` the request's own. */
function judgeByLists<R>(lists: Lists<R>, referer: R, from: string | undefined, host: string): RefererVerdict {
  const denied = lists.deny?.find(referer);
  if (denied !== undefined) return verdict(4, 'deny', 'deny_list', from, denied);
  if (lists.allowSelf && from === host) return verdict(SELF_STEP, 'allow', 'self', from);
  if (lists.allow === undefined) return verdict(8, 'allow', 'default_allow', from);
  const allowed = lists.allow.find(referer);
  if (allowed !== undefined) return verdict(6, 'allow', 'allow_list', from, allowed);
  return verdict(7, 'deny', 'not_in_allow_list', from);
}

function verdict(step: number, action: Action, reason: Reason, refererHost = '', entry = ''): RefererVerdict {
  return { step, action, reason, refererHost, entry };
}

const emptyAllowed = verdict(3, 'allow', 'empty_allowed');
const emptyDenied = verdict(3, 'deny', 'empty_denied');
const emptyVerified = verdict(3, 'allow', 'empty_verified');
const emptyCrossSite = verdict(3, 'deny', 'empty_cross_site');
const emptyUnverified = verdict(3, 'allow', 'empty_unverified_allowed');
const invalidAllowed = verdict(3, 'allow', 'invalid_referer');
const invalidDenied = verdict(3, 'deny', 'invalid_referer');
const invalidNotListed = verdict(7, 'deny', 'invalid_referer');
const defaultAllowed = verdict(8, 'allow', 'default_allow');

const PLAIN_READING: RefererReading = { schemes: new Set(), ignoreScheme: false };
