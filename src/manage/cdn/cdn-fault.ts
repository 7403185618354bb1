/** The statuses of the error codes, by which SDKs and Terraform tell errors apart (Alibaba CDN: "Error codes"). */
const STATUSES = {
  ConfigurationConflicts: 400,
  'Forbidden.RAM': 403,
  'Function.InvalidParentId': 400,
  IncompleteSignature: 400,
  InternalError: 500,
  'InvalidAccessKeyId.NotFound': 404,
  'InvalidAction.NotFound': 404,
  'InvalidArgName.ValueNotSupported': 400,
  'InvalidArgValue.Malformed': 400,
  'InvalidConfigId.NotFound': 400,
  'InvalidDomain.NotFound': 404,
  'InvalidFunctionName.ValueNotSupported': 400,
  'InvalidFunctions.Malformed': 400,
  InvalidParameter: 400,
  'InvalidTimeStamp.Expired': 400,
  'InvalidTimeStamp.Format': 400,
  InvalidVersion: 400,
  MissingParameter: 400,
  PolicyNameConflict: 409,
  RequestEntityTooLarge: 413,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 400,
  SignatureNonceUsed: 400,
  'Throttling.User': 400,
  TooManyDomains: 400,
} as const satisfies Record<string, number>;

/** The code of an error answer of the CDN API. */
export type CdnErrorCode = keyof typeof STATUSES;

/** Why a call is refused. A value: nothing of it is thrown. */
export interface CdnFault {
  readonly code: CdnErrorCode;
  /** For people: what was wrong, where, what to do. Never a secret. */
  readonly message: string;
  /** The end of the message that the client alone is told, and no log: what was to be signed. */
  readonly signed?: string;
}

/** The HTTP status of a fault. */
export function statusOf({ code }: CdnFault): number {
  return STATUSES[code];
}

/** Tells a fault from what a function returns when all is well, which has no `code`. */
export function isFault(result: object): result is CdnFault {
  return 'code' in result;
}

/** The fault of too many requests, and of whom nothing more is to be told. */
export const throttled: CdnFault = {
  code: 'Throttling.User',
  message: 'Request was denied due to user flow control: wait a second and try again.',
};
