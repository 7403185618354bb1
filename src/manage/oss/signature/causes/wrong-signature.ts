import type { ManageRequest } from '../../../manage-request.js';
import type { AccessKey, ManageSettings } from '../../../settings/manage-settings.js';
import type { BucketAddress } from '../../bucket-address.js';
import type { Authorization } from '../authorization.js';
import type { SignedParts } from '../signed-parts.js';

/** A call whose signature is not the one that the secret of its key gives. */
export interface WrongSignature {
  readonly request: ManageRequest;
  readonly address: BucketAddress;
  readonly settings: ManageSettings;
  readonly key: AccessKey;
  readonly authorization: Authorization;
  readonly parts: SignedParts;
  /** `undefined` where it is not known, or of no use. */
  readonly body: Buffer | undefined;
}

/** One thing that a client or a proxy may have done otherwise. What is left out is as the server sees it. */
export interface Mistake {
  /** What it is and what to do, for the log. Never a secret. */
  readonly cause: string;
  readonly parts?: SignedParts;
  readonly secret?: string;
  readonly authorization?: Authorization;
  /** The signature that the mistake leads to, where it is made in another way than by the three above. */
  readonly signature?: string;
}
