/** The code of an error answer of Alibaba OSS, by which SDKs tell errors apart. */
export type OssErrorCode =
  | 'AccessDenied'
  | 'InlineDataTooLarge'
  | 'InternalError'
  | 'InvalidAccessKeyId'
  | 'InvalidArgument'
  | 'InvalidBucketName'
  | 'InvalidDigest'
  | 'MalformedXML'
  | 'MethodNotAllowed'
  | 'NoSuchBucket'
  | 'OperationNotSupported'
  | 'PolicyNameConflict'
  | 'QpsLimitExceeded'
  | 'RequestTimeTooSkewed'
  | 'ServiceUnavailable'
  | 'SignatureDoesNotMatch';

/** Why a call is refused. A value: nothing of it is thrown. */
export interface OssFault {
  readonly code: OssErrorCode;
  /** For people: what was wrong, where, what to do. Never a secret. */
  readonly message: string;
  /** What Alibaba OSS calls the exact cause, where it is not the usual one of the code; false: there is none. */
  readonly ec?: string | false;
  /** Further elements of the error document, such as `StringToSign`, in their order; names are names of XML elements. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Exact causes that are not the usual one of their code (Alibaba OSS: "EC error codes"). */
export const EC = {
  digestUnreadable: '0017-00000502',
  allowEmptyRefererMissing: '0033-00000002',
  notBoolean: '0033-00000003',
} as const;

/** Status and usual exact cause of each code (Alibaba OSS: "Error responses", "EC error codes"). */
interface OssError {
  readonly status: number;
  readonly ec?: string;
}

const ERRORS: Readonly<Record<OssErrorCode, OssError>> = {
  AccessDenied: { status: 403, ec: '0003-00000001' },
  InlineDataTooLarge: { status: 400 },
  InternalError: { status: 500 },
  InvalidAccessKeyId: { status: 403, ec: '0002-00000902' },
  InvalidArgument: { status: 400 },
  InvalidBucketName: { status: 400 },
  InvalidDigest: { status: 400, ec: '0017-00000503' },
  MalformedXML: { status: 400, ec: '0033-00000001' },
  MethodNotAllowed: { status: 405 },
  NoSuchBucket: { status: 404, ec: '0015-00000101' },
  // Not 501: SDKs of the second generation try again after any status from 500 on.
  OperationNotSupported: { status: 400 },
  PolicyNameConflict: { status: 409 },
  QpsLimitExceeded: { status: 503 },
  RequestTimeTooSkewed: { status: 403, ec: '0002-00000504' },
  ServiceUnavailable: { status: 503 },
  SignatureDoesNotMatch: { status: 403, ec: '0002-00000040' },
};

/** The HTTP status of a fault. */
export function statusOf({ code }: OssFault): number {
  return ERRORS[code].status;
}

/** What Alibaba OSS calls the exact cause of a fault: `0003-00000001`; `undefined` where it knows none. */
export function exactCauseOf(fault: OssFault): string | undefined {
  return (fault.ec ?? ERRORS[fault.code].ec) || undefined;
}
