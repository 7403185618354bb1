import type { AuthzRequest } from '../model/authz-request.js';
import type { EvidenceHeader } from '../referer/evidence-headers.js';
import { type RefererHeader, readReferer, trimmed } from './read-referer.js';

/** What a request whose Referer was withheld tells all the same of the page that made it. */
export type Evidence =
  /** The site's own page, a typed address, or a link that a person followed. */
  | { readonly kind: 'verified' }
  /** The page's origin, as the Referer that the lists are to judge; never empty. */
  | { readonly kind: 'origin'; readonly referer: Extract<RefererHeader, { kind: 'unreadable' | 'text' }> }
  /** Another site's page, which is not named. */
  | { readonly kind: 'cross-site' }
  /** Apps, bots, old browsers. */
  | { readonly kind: 'none' };

const verified: Evidence = { kind: 'verified' };
const crossSite: Evidence = { kind: 'cross-site' };
const none: Evidence = { kind: 'none' };
const unreadable: Evidence = { kind: 'origin', referer: { kind: 'unreadable' } };

/**
 * Reads the evidence for `empty: verify`. A page can make the browser leave the Referer out
 * (`referrerpolicy="no-referrer"`), but has no say in Sec-Fetch-Site (Fetch: names that begin with `Sec-` are forbidden
 * to scripts), nor in the Origin of a request that carries one.
 *
 * Values are compared exactly, as they are tokens: anything else, and a header that came twice, proves nothing.
 */
export function evidenceOf(headers: AuthzRequest['headers']): Evidence {
  const site = onlyValue(headers, 'sec-fetch-site');
  if (site === 'same-origin' || site === 'same-site' || site === 'none') return verified;
  if (site === 'cross-site' && isFollowedLink(headers)) return verified;
  return originOf(headers) ?? (site === 'cross-site' ? crossSite : none);
}

/** A link to the file itself: whoever clicks it sees the file on its own, not within the other page. */
function isFollowedLink(headers: AuthzRequest['headers']): boolean {
  return onlyValue(headers, 'sec-fetch-mode') === 'navigate' && onlyValue(headers, 'sec-fetch-dest') === 'document';
}

/** `null` is the origin of a sandboxed frame and the like: it names nobody. */
function originOf(headers: AuthzRequest['headers']): Evidence | undefined {
  const origin = readReferer(headers.get('origin' satisfies EvidenceHeader));
  if (origin.kind === 'unreadable') return unreadable;
  if (origin.kind !== 'text' || origin.text === 'null') return undefined;
  return { kind: 'origin', referer: { kind: 'text', text: `${origin.text}/` } };
}

function onlyValue(headers: AuthzRequest['headers'], name: EvidenceHeader): string | undefined {
  const values = headers.get(name);
  return values?.length === 1 ? trimmed(values[0] as string) : undefined;
}
