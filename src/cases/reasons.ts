import type { Reason } from '../model/decision.js';

/** Every reason, once: the compiler asks for one that is new, and refuses one that is gone. */
const known: Readonly<Record<Reason, true>> = {
  no_policy: true,
  unknown_policy: true,
  exempt_method: true,
  exempt_client_ip: true,
  exempt_user_agent: true,
  exempt_verified_bot: true,
  exempt_authorization: true,
  exempt_redirect_target: true,
  empty_allowed: true,
  empty_denied: true,
  empty_verified: true,
  empty_cross_site: true,
  empty_unverified_allowed: true,
  invalid_referer: true,
  deny_list: true,
  self: true,
  allow_list: true,
  not_in_allow_list: true,
  default_allow: true,
};

/** The reasons that a case can expect, in the order of the decision procedure. */
export const reasons = Object.keys(known) as [Reason, ...Reason[]];
