import type { AuthzRequest } from '../model/authz-request.js';
import type { Reason } from '../model/decision.js';
import type { Exemptions, RedirectTarget } from '../model/policy.js';
import { normaliseQuery } from '../referer/normalise-query.js';
import type { NormalRequest } from './normalise-request.js';
import { isVerifiedBot } from './verified-bot.js';

/** Why the request is not checked at all, in the order in which the reasons are tried; `undefined` when it is. */
export function exemption(exempt: Exemptions, request: AuthzRequest, normal: NormalRequest): Reason | undefined {
  if (exempt.methods.has(normal.method)) return 'exempt_method';
  if (exempt.clientIps?.has(request.clientIp)) return 'exempt_client_ip';
  if (hasExemptUserAgent(exempt, request)) return 'exempt_user_agent';
  if (exempt.verifiedBots?.some((bot) => isVerifiedBot(bot, request))) return 'exempt_verified_bot';
  if (exempt.authorization && hasText(request.headers.get('authorization'))) return 'exempt_authorization';
  if (isRedirectTarget(exempt.redirectTarget, normal)) return 'exempt_redirect_target';
  return undefined;
}

function hasExemptUserAgent({ userAgents }: Exemptions, request: AuthzRequest): boolean {
  if (userAgents === undefined) return false;
  const values = request.headers.get('user-agent') ?? [];
  return values.some((value) => userAgents.matches(value));
}

function hasText(values: readonly string[] | undefined): boolean {
  return values?.some((value) => value.trim() !== '') ?? false;
}

/**
 * Loop guard: a denied client that follows the redirect must get the target, not the next redirect. Scheme and port
 * are left out, since a proxy may change both; a query counts only if the operator wrote one.
 */
function isRedirectTarget(target: RedirectTarget | undefined, normal: NormalRequest): boolean {
  if (target === undefined || target.path !== normal.path || target.host !== normal.host) return false;
  if (target.query === undefined) return true;
  return normal.query !== undefined && normaliseQuery(normal.query) === target.query;
}
