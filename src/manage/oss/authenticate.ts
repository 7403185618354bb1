import { parseForm } from '../bytes/parameters.js';
import { isSomeSecret, keyCause } from '../claimed-key.js';
import type { ManageRequest } from '../manage-request.js';
import type { AccessKey, ManageSettings } from '../settings/manage-settings.js';
import { skewCause } from '../skew-cause.js';
import {
  ANONYMOUS,
  PRESIGNED,
  TOO_MANY_FAILURES,
  UNKNOWN_KEY,
  WHOLE_SERVICE,
  wrongSignature,
} from './authentication-faults.js';
import type { BucketAddress } from './bucket-address.js';
import type { IncomingCall } from './oss-call.js';
import type { OssFault } from './oss-fault.js';
import { type Authorization, parseAuthorization } from './signature/authorization.js';
import { causeOfWrongSignature } from './signature/causes/cause-of-wrong-signature.js';
import { dateFault } from './signature/date-fault.js';
import { payloadFault } from './signature/payload-fault.js';
import { isSignedBy } from './signature/signature.js';
import { type SignedParts, signedParts } from './signature/signed-parts.js';
import { parseSigningDate } from './signature/signing-date.js';

/**
 * Finds out who calls: the access key whose secret made the signature, or why nobody is believed to. Whether the bucket
 * exists and the key has a right to it is another question; an address without a bucket by its path is refused here,
 * since nothing was signed that could be verified.
 */
export async function authenticate(incoming: IncomingCall): Promise<AccessKey | OssFault> {
  const { request, address, context } = incoming;
  const settings = context.settings();
  const authorization = readAuthorization(request);
  if ('code' in authorization) return reported(authorization, { ...incoming, settings });
  const claim = { ...incoming, settings, authorization };
  // An unknown key takes less time than a wrong secret, but its answer says so anyway.
  const key = settings.accessKeys.get(authorization.accessKeyId);
  if (key === undefined) return failed(UNKNOWN_KEY, claim, () => keyCause(authorization.accessKeyId, settings));
  const parts = signedParts(request, address.bucket, authorization);
  const untimely = timeFault(parts, claim);
  if (untimely !== undefined) return untimely;
  if (address.bucket === undefined && address.by === 'path') return address.fault;
  if (isSignedBy(key.secret, parts, authorization)) return (await payloadFault(request, parts, authorization)) ?? key;
  if (isOfService(claim, address, key)) return WHOLE_SERVICE;
  const wrong = { request, address, settings, key, authorization, parts };
  return failed(wrongSignature(parts, authorization), claim, () => causeOfWrongSignature(wrong));
}

/** `http://localhost:9194/` names no bucket, although one could be called localhost: ListBuckets is signed for `/`. */
function isOfService({ request, authorization, settings }: Claim, address: BucketAddress, key: AccessKey): boolean {
  if (address.by !== 'label' || settings.buckets.has(address.bucket)) return false;
  return isSignedBy(key.secret, signedParts(request, undefined, authorization), authorization);
}

interface Call extends Omit<IncomingCall, 'address'> {
  readonly settings: ManageSettings;
  readonly authorization?: Authorization;
}

/** A call that says who it is from. */
type Claim = Required<Call>;

/** Parameters of presigned URLs of V1, and of V2 and V4 (Alibaba OSS: "Include a V1 signature in a URL"). */
const OF_PRESIGNED_URLS: ReadonlySet<string> = new Set([
  'OSSAccessKeyId',
  'x-oss-signature-version',
  'x-oss-signature',
]);

function readAuthorization(request: ManageRequest): Authorization | OssFault {
  if (parseForm(request.rawQuery).some(({ name }) => OF_PRESIGNED_URLS.has(name))) return PRESIGNED;
  const values = request.headers.get('authorization') ?? [];
  return values.length === 0 ? ANONYMOUS : parseAuthorization(values);
}

function timeFault(parts: SignedParts, claim: Claim): OssFault | undefined {
  const now = claim.context.now();
  const fault = dateFault(parts, claim.authorization, { now, maxSkewSeconds: claim.settings.maxSkewSeconds });
  if (fault === undefined) return undefined;
  const date = fault.code === 'RequestTimeTooSkewed' ? parseSigningDate(parts.date) : undefined;
  return reported(fault, claim, date && skewCause(date, now));
}

/** Somebody may be guessing: an address that fails too often is told nothing more, and no time is spent on causes. */
async function failed(fault: OssFault, claim: Claim, cause: () => string | Promise<string>): Promise<OssFault> {
  if (!claim.context.limits.admitFailure(claim.request.client)) return reported(TOO_MANY_FAILURES, claim);
  return reported(fault, claim, await cause());
}

function reported(fault: OssFault, call: Call, cause?: string): OssFault {
  const id = call.authorization?.accessKeyId;
  call.context.authenticationFailed({
    api: 'oss',
    client: call.request.client,
    requestId: call.requestId,
    code: fault.code,
    ...(id === undefined || isSomeSecret(id, call.settings) ? {} : { accessKeyId: id }),
    ...(cause === undefined ? {} : { cause }),
  });
  return fault;
}
