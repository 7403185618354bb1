import type { PolicyDifference } from './policies/managed-policies.js';

/** Writes the log lines `"event":"audit"`. */
export interface Audit {
  /** One line for each policy of a change that is in force. */
  changed(by: AuditSource, changes: readonly PolicyDifference[], generation: number): void;
  /** A change that was asked for and refused. */
  refused(by: AuditSource, policy: string | undefined, code: string): void;
}

/** Who asked for what. */
export interface AuditSource {
  /** Key id or name of the token; as the call claims it, where it could not be authenticated. */
  readonly actor: string | undefined;
  /** `PutBucketReferer`, `BatchSetCdnDomainConfig`, `PutPolicy`. */
  readonly action: string;
  /** Address of the other side of the connection. */
  readonly client: string;
}
