import type { ManageContext } from '../manage-context.js';
import type { ManageRequest } from '../manage-request.js';
import type { AccessKey } from '../settings/manage-settings.js';
import type { BucketAddress } from './bucket-address.js';
import type { OssFault } from './oss-fault.js';
import { type Authorization, parseAuthorization } from './signature/authorization.js';
import { dateFault, skewCause } from './signature/date-fault.js';
import { payloadFault } from './signature/payload-fault.js';
import { queryPairs } from './signature/query-pairs.js';
import { isSignedBy } from './signature/signature.js';
import { type SignedParts, signedParts } from './signature/signed-parts.js';
import { stringToSign } from './signature/string-to-sign.js';

/**
 * Finds out who calls: the access key whose secret made the signature, or why nobody is believed to. Whether the bucket
 * exists and the key has a right to it is another question; an address without a bucket by its path is refused here,
 * since nothing was signed that could be verified.
 */
export async function authenticate(
  request: ManageRequest,
  address: BucketAddress,
  context: ManageContext,
): Promise<AccessKey | OssFault> {
  const authorization = readAuthorization(request);
  if ('code' in authorization) return reported(authorization, { request, context });
  const claim = { request, context, authorization };
  // An unknown key takes less time than a wrong secret, but its answer says so anyway.
  const key = context.settings().accessKeys.get(authorization.accessKeyId);
  if (key === undefined) return failed(unknownKey(authorization), claim);
  const parts = signedParts(request, address.bucket, authorization);
  const untimely = timeFault(parts, claim);
  if (untimely !== undefined) return untimely;
  if (address.bucket === undefined && address.by === 'path') return address.fault;
  if (!isSignedBy(key.secret, parts, authorization)) return failed(wrongSignature(parts, authorization), claim);
  return (await payloadFault(request, parts, authorization)) ?? key;
}

/** A call that says who it is from. */
interface Claim extends Call {
  readonly authorization: Authorization;
}

interface Call {
  readonly request: ManageRequest;
  readonly context: ManageContext;
  readonly authorization?: Authorization;
}

function readAuthorization(request: ManageRequest): Authorization | OssFault {
  if (queryPairs(request.rawQuery).some(([name]) => PRESIGNED.has(name))) return presigned;
  const values = request.headers.get('authorization') ?? [];
  return values.length === 0 ? anonymous : parseAuthorization(values);
}

function timeFault(parts: SignedParts, claim: Claim): OssFault | undefined {
  const now = claim.context.now();
  const { maxSkewSeconds } = claim.context.settings();
  const fault = dateFault(parts, claim.authorization, { now, maxSkewSeconds });
  if (fault === undefined) return undefined;
  const cause = fault.code === 'RequestTimeTooSkewed' ? skewCause(parts.date, now) : undefined;
  return reported(fault, claim, cause);
}

/** Somebody may be guessing: an address that fails too often is told nothing more. */
function failed(fault: OssFault, claim: Claim): OssFault {
  const { context, request } = claim;
  return reported(context.limits.admitFailure(request.client) ? fault : tooManyFailures, claim);
}

function reported(fault: OssFault, { request, context, authorization }: Call, cause?: string): OssFault {
  context.authenticationFailed({
    api: 'oss',
    client: request.client,
    code: fault.code,
    ...(authorization === undefined ? {} : { accessKeyId: authorization.accessKeyId }),
    ...(cause === undefined ? {} : { cause }),
  });
  return fault;
}

/** Parameters of presigned URLs of V1, and of V2 and V4 (Alibaba OSS: "Include a V1 signature in a URL"). */
const PRESIGNED: ReadonlySet<string> = new Set(['OSSAccessKeyId', 'x-oss-signature-version', 'x-oss-signature']);

const anonymous: OssFault = {
  code: 'AccessDenied',
  message: 'The call is not signed: it has no Authorization header. Give the client an access key.',
};

const presigned: OssFault = {
  code: 'AccessDenied',
  message: 'Presigned URLs are not accepted here. Sign the call in its Authorization header.',
};

const tooManyFailures: OssFault = {
  code: 'QpsLimitExceeded',
  message: 'Too many calls of this address could not be authenticated. Wait a while, and check its access key.',
};

function unknownKey({ accessKeyId }: Authorization): OssFault {
  return {
    code: 'InvalidAccessKeyId',
    message: 'The OSS Access Key Id you provided does not exist in our records.',
    details: { OSSAccessKeyId: accessKeyId },
  };
}

/** Shows what was signed here, so that it can be laid beside what the client signed. */
function wrongSignature(parts: SignedParts, authorization: Authorization): OssFault {
  const { text, canonicalRequest } = stringToSign(parts, authorization);
  return {
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    details: {
      OSSAccessKeyId: authorization.accessKeyId,
      SignatureProvided: authorization.signature,
      StringToSign: asText(text),
      ...(canonicalRequest === undefined ? {} : { CanonicalRequest: asText(canonicalRequest) }),
    },
  };
}

/** Bytes, one a character, as the text that they most likely are. */
function asText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
