import { keyCause } from '../claimed-key.js';
import type { ManageContext } from '../manage-context.js';
import { headerOf } from '../manage-request.js';
import { parseIsoDate } from '../request-date.js';
import { sameText } from '../same-text.js';
import type { AccessKey, ManageSettings } from '../settings/manage-settings.js';
import { skewCause } from '../skew-cause.js';
import { readAcs3 } from './acs3-signature.js';
import type { CallSignature, SignatureText } from './call-signature.js';
import { type CdnFault, isFault, throttled } from './cdn-fault.js';
import type { ReceivedCall } from './received-call.js';
import { readRpc } from './rpc-signature.js';
import { shownKeyId } from './shown-key-id.js';
import { signatureCause } from './signature-cause.js';

/** Whose call it is, or why nobody can say. */
export type Authentication =
  | { readonly claimed: CallSignature; readonly key: AccessKey }
  /** `claimed`: `undefined` where it cannot be read. */
  | { readonly claimed: CallSignature | undefined; readonly fault: CdnFault };

/** Why a call is not of whom it says. */
interface Failure {
  readonly fault: CdnFault;
  readonly cause?: () => string;
}

/** Bytes of query and body up to which causes are looked for: each of them is another signature to compute. */
const MOST_EXPLAINED = 256 * 1024;

const unreadableDate: CdnFault = {
  code: 'InvalidTimeStamp.Format',
  message: 'Specified time stamp or date value is not well formatted: write it as 2026-11-22T00:11:46Z.',
};

/** Finds out whose call it is: date, key and signature, and then a nonce that was not used before. */
export function authenticate(context: ManageContext, settings: ManageSettings, call: ReceivedCall): Authentication {
  const claimed = readSignature(call);
  if (isFault(claimed)) return { claimed: undefined, fault: refuse({ fault: claimed }, context, call) };
  const key = verify(context, settings, claimed);
  const accessKeyId = shownKeyId(claimed, settings);
  if ('fault' in key) return { claimed, fault: refuse(key, context, call, accessKeyId) };
  const taken = useNonce(context, settings, claimed);
  if (taken === undefined) return { claimed, key };
  return { claimed, fault: isFault(taken) ? taken : refuse(taken, context, call, accessKeyId) };
}

function readSignature(call: ReceivedCall): CallSignature | CdnFault {
  if (headerOf(call.request, 'authorization')?.startsWith('ACS3-')) return readAcs3(call);
  if ([...call.query, ...call.form].some(({ name }) => name === 'Signature')) return readRpc(call);
  return {
    code: 'IncompleteSignature',
    message:
      'The call is not signed: send Authorization: ACS3-HMAC-SHA256 …, or the parameter Signature of signature version 1.0.',
  };
}

function verify(context: ManageContext, settings: ManageSettings, signature: CallSignature): AccessKey | Failure {
  const date = parseIsoDate(signature.date);
  if (date === undefined) return { fault: unreadableDate };
  const now = context.now();
  if (Math.abs(now.getTime() - date.getTime()) > settings.maxSkewSeconds * 1000) {
    return expired({ date, now, most: settings.maxSkewSeconds });
  }
  const key = settings.accessKeys.get(signature.accessKeyId);
  if (key === undefined) return unknownKey(settings, signature.accessKeyId);
  const expected = signature.expected();
  const holds = sameText(expected.sign(key.secret), signature.signature);
  return holds ? key : wrongSignature(expected, () => signatureCause(signature, key.secret));
}

function expired({ date, now, most }: { readonly date: Date; readonly now: Date; readonly most: number }): Failure {
  const behind = Math.round((now.getTime() - date.getTime()) / 1000);
  const clock = `${Math.abs(behind)} s ${behind > 0 ? 'behind' : 'ahead of'} this server's clock`;
  return {
    fault: {
      code: 'InvalidTimeStamp.Expired',
      message: `Specified time stamp or date value is expired: it is ${clock}, and ${most} s are allowed.`,
    },
    cause: () => skewCause(date, now),
  };
}

function unknownKey(settings: ManageSettings, accessKeyId: string): Failure {
  return {
    fault: { code: 'InvalidAccessKeyId.NotFound', message: 'Specified access key is not found.' },
    cause: () => keyCause(accessKeyId, settings),
  };
}

/** The string to sign is last, behind the message's only colon in RPC style: an older SDK splits the message there. */
function wrongSignature({ stringToSign, canonicalRequest }: SignatureText, cause: () => string): Failure {
  const canonical = canonicalRequest === undefined ? '' : `server canonical request is:${canonicalRequest}\n`;
  return {
    fault: {
      code: 'SignatureDoesNotMatch',
      message: 'Specified signature is not matched with our calculation.',
      signed: `${canonical}server string to sign is:${stringToSign}`,
    },
    cause,
  };
}

/** After the signature holds, so that nobody can use up the nonces of others. It is kept as long as its call is fresh. */
function useNonce(
  context: ManageContext,
  settings: ManageSettings,
  { accessKeyId, nonce, date }: CallSignature,
): Failure | CdnFault | undefined {
  const expires = new Date(Date.parse(date) + (settings.maxSkewSeconds + 1) * 1000);
  const taken = context.nonces.take(accessKeyId, nonce, expires);
  if (taken === 'fresh') return undefined;
  if (taken === 'full') return throttled;
  const message = 'Specified signature nonce was used already: send another with each call, also when you try again.';
  return { fault: { code: 'SignatureNonceUsed', message } };
}

/** Tells of the failure and counts it. An address with too many of them learns nothing more. */
function refuse({ fault, cause }: Failure, context: ManageContext, call: ReceivedCall, accessKeyId?: string): CdnFault {
  const { client } = call.request;
  const isAdmitted = context.limits.admitFailure(client);
  const likely = isAdmitted && cause !== undefined ? likelyCause(call, cause) : undefined;
  context.authenticationFailed({
    api: 'cdn',
    client,
    requestId: call.requestId,
    ...(accessKeyId !== undefined && { accessKeyId }),
    code: fault.code,
    ...(likely !== undefined && { cause: likely }),
  });
  return isAdmitted ? fault : throttled;
}

function likelyCause({ request, body }: ReceivedCall, cause: () => string): string {
  const isShort = request.rawQuery.length + body.length <= MOST_EXPLAINED;
  return isShort ? cause() : 'the call is too large for the usual mistakes to be tried';
}
