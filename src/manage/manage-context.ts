import type { Audit } from './audit.js';
import type { NonceStore } from './nonce-store.js';
import type { ManagedPolicies } from './policies/managed-policies.js';
import type { RequestLimits } from './request-limits.js';
import type { ManageSettings } from './settings/manage-settings.js';

/** What the APIs of the management listener share. */
export interface ManageContext {
  /** Those in force now: taken once a request. */
  settings(): ManageSettings;
  readonly policies: ManagedPolicies;
  readonly audit: Audit;
  readonly limits: RequestLimits;
  readonly nonces: NonceStore;
  now(): Date;
  /** Says in the log why a signature or token did not hold. Never a secret; lines are limited by `client`. */
  authenticationFailed(failure: AuthenticationFailure): void;
  /** Told of a fault of our own. */
  internalError(error: unknown): void;
}

/** A call that could not be authenticated. */
export interface AuthenticationFailure {
  readonly api: 'oss' | 'cdn' | 'rest';
  readonly client: string;
  /** As the answer has it, where it has one. */
  readonly requestId?: string;
  /** As the call claims. */
  readonly accessKeyId?: string;
  /** The code of the answer: `SignatureDoesNotMatch`. */
  readonly code: string;
  /** What it looks like, and what to do: `the signature fits the bucket "b": …`. */
  readonly cause?: string;
}
