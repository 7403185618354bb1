import type { PolicyDifference } from './policies/managed-policies.js';

/** Writes the log lines `"event":"audit"`. */
export interface Audit {
  /** One line for each policy of a change that is in force. */
  changed(by: AuditSource, changes: readonly PolicyDifference[], generation: number): void;
  /** A change that was asked for and refused. */
  refused(by: AuditSource, refusal: Refusal): void;
}

/** Why a change was refused, and what it was about. */
export interface Refusal {
  /** `undefined`: it is not known which one was meant. */
  readonly policy: string | undefined;
  /** The bucket or domain that the call names, where it names one. */
  readonly target?: string | undefined;
  /** Of the answer: `AccessDenied`. */
  readonly code: string;
  /** What the client was told of it. Never a secret, nor what was to be signed. */
  readonly detail: string;
}

/** Who asked for what. */
export interface AuditSource {
  /** Key id or name of the token; as the call claims it, where it could not be authenticated. */
  readonly actor: string | undefined;
  /** `PutBucketReferer`, `BatchSetCdnDomainConfig`, `PutPolicy`. */
  readonly action: string;
  /** Address of the other side of the connection. */
  readonly client: string;
  /** As the answer has it, where it has one. */
  readonly requestId?: string;
}
