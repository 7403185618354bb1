import type { Action, Mode, Policy } from './policy.js';

/** Why a request is allowed or denied, as logs, metrics and metadata name it. */
export type Reason =
  | 'no_policy'
  | 'unknown_policy'
  | 'exempt_method'
  | 'exempt_client_ip'
  | 'exempt_user_agent'
  | 'exempt_verified_bot'
  | 'exempt_authorization'
  | 'exempt_redirect_target'
  | 'empty_allowed'
  | 'empty_denied'
  | 'empty_verified'
  | 'empty_cross_site'
  | 'empty_unverified_allowed'
  | 'invalid_referer'
  | 'deny_list'
  | 'self'
  | 'allow_list'
  | 'not_in_allow_list'
  | 'default_allow';

/** What the rules say of one request. */
export interface Decision {
  /** The true verdict, which shadow mode does not change. */
  readonly action: Action;
  readonly reason: Reason;
  /** The step of the decision procedure that decided, 1 to 8. */
  readonly step: number;
  readonly policy: Policy | undefined;
  /** The entry that decided, as written in the file; `''` where none did. */
  readonly entry: string;
  /** The request's own host, normalised. */
  readonly host: string;
  /** Host of the Referer; `''` where there is none or it could not be read. */
  readonly refererHost: string;
  /** The mode in force, `--shadow` included; `''` without a policy. */
  readonly mode: Mode | '';
  /** What the proxy is told: an allow, or a deny in shadow mode. */
  readonly passes: boolean;
  /** Generation of the snapshot that decided. */
  readonly generation: number;
}
