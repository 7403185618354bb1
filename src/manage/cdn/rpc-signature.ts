import { createHmac } from 'node:crypto';
import { type Parameter, parseForm } from '../bytes/parameters.js';
import { encodeRfc3986 } from '../bytes/percent-bytes.js';
import type { CallSignature, SignatureMistake, SignatureText } from './call-signature.js';
import type { CdnFault } from './cdn-fault.js';
import { canonicalParameters, parametersByName } from './parameters.js';
import type { ReceivedCall } from './received-call.js';

/** With the one value that is known of them. */
const FIXED: readonly (readonly [string, string])[] = [
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureVersion', '1.0'],
];

/**
 * Reads the signature 1.0 of a call in RPC style (Alibaba Cloud: "Signature method", RPC), which older SDKs and Terraform
 * send: HMAC-SHA1 of all parameters of query and form but `Signature`, empty ones too, with the secret and `&` as key.
 */
export function readRpc(call: ReceivedCall): CallSignature | CdnFault {
  const parameters = [...call.query, ...call.form];
  const { byName, ambiguous } = parametersByName(parameters.filter(({ name }) => isOfSignature(name)));
  if (ambiguous !== undefined) return incomplete(`${ambiguous} is given twice, with different values`);
  const missing = ['AccessKeyId', 'SignatureNonce', 'Timestamp', 'Action'].find((name) => !byName.get(name));
  if (missing !== undefined) return incomplete(`the parameter ${missing} is missing: give it`);
  const other = FIXED.find(([name, value]) => byName.get(name) !== value);
  if (other !== undefined) return incomplete(`the parameter ${other[0]} must be ${other[1]}`);
  const { method } = call.request;
  return {
    accessKeyId: byName.get('AccessKeyId') ?? '',
    signature: byName.get('Signature') ?? '',
    nonce: byName.get('SignatureNonce') ?? '',
    date: byName.get('Timestamp') ?? '',
    action: byName.get('Action') ?? '',
    version: byName.get('Version'),
    expected: () => signatureText(method, parameters),
    mistakes: () => mistakesOf(call, parameters),
  };
}

function isOfSignature(name: string): boolean {
  return name.startsWith('Signature') || ['AccessKeyId', 'Timestamp', 'Action', 'Version'].includes(name);
}

function signatureText(method: string, parameters: readonly Parameter[], keyEnd = '&'): SignatureText {
  const stringToSign = `${method}&%2F&${encodeRfc3986(canonicalParameters(signedParameters(parameters)))}`;
  return {
    stringToSign,
    sign: (secret) => createHmac('sha1', `${secret}${keyEnd}`).update(stringToSign).digest('base64'),
  };
}

/** SDKs sign a mapping, so that what is said both in the query and in the form is signed once. */
function signedParameters(parameters: readonly Parameter[]): readonly Parameter[] {
  const pairs = new Map(parameters.map((each) => [`${each.name}\0${each.value}`, each]));
  return [...pairs.values()].filter(({ name }) => name !== 'Signature');
}

function mistakesOf({ request, body, form }: ReceivedCall, parameters: readonly Parameter[]): SignatureMistake[] {
  const mistake = (cause: string, signed: () => readonly Parameter[], keyEnd?: string) => ({
    cause,
    sign: (secret: string) => signatureText(request.method, signed(), keyEnd).sign(secret),
  });
  const withPlus = (text: string) => parseForm(text, { plus: '+' });
  return [
    mistake(
      'a parameter was signed with + for itself and arrived as a space: send %2B, or let no proxy encode it anew',
      () => [...withPlus(request.rawQuery), ...(form.length > 0 ? withPlus(body.toString('latin1')) : [])],
    ),
    mistake('empty parameters were not signed: sign them too', () => parameters.filter(({ value }) => value !== '')),
    mistake('the key of the HMAC lacks the & after the secret: append it', () => parameters, ''),
    mistake('the query alone was signed: sign the parameters of the body too', () => parseForm(request.rawQuery)),
  ];
}

function incomplete(message: string): CdnFault {
  return { code: 'IncompleteSignature', message };
}
