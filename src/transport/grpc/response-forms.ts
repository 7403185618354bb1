import {
  HeaderValueOption_HeaderAppendAction as AppendAction,
  type HeaderValueOption,
} from '../../gen/envoy/config/core/v3/base.js';
import { DeniedHttpResponse, OkHttpResponse } from '../../gen/envoy/service/auth/v3/external_auth.js';
import type { Decision } from '../../model/decision.js';
import type { DenyAnswer, Policy } from '../../model/policy.js';
import { varyOnAllow } from '../deny-answer.js';

/**
 * OkHttpResponse of a policy's allows. `vary` is appended to the upstream's own: overwriting it would make a cache
 * serve gzip to a client that cannot read it.
 */
export function encodeOk(policy: Policy | undefined): Uint8Array {
  const vary = varyOnAllow(policy);
  return encodeOkHeaders(vary === undefined ? [] : [append('vary', vary)]);
}

/** DeniedHttpResponse of a deny. */
export function encodeDenied({ status, location, headers, body }: DenyAnswer): Uint8Array {
  const redirect = location === undefined ? [] : [overwrite('location', location)];
  const others = headers.map(([name, value]) => overwrite(name, value));
  return DeniedHttpResponse.encode({ status: { code: status }, headers: [...redirect, ...others], body }).finish();
}

/**
 * The headers of `--debug-headers`, as further fields of either form: repeated fields of a message may lie apart.
 * Encoded for each answer, since the flag is meant for looking at single requests.
 */
export function encodeDebugHeaders(decision: Decision): Uint8Array {
  const headers = [overwrite('x-refgate-reason', decision.reason)];
  if (decision.policy !== undefined) headers.unshift(overwrite('x-refgate-policy', decision.policy.name));
  if (decision.passes) return encodeOkHeaders(headers);
  return DeniedHttpResponse.encode({ status: undefined, headers, body: '' }).finish();
}

function encodeOkHeaders(responseHeadersToAdd: HeaderValueOption[]): Uint8Array {
  return OkHttpResponse.encode({
    headers: [],
    dynamicMetadata: undefined,
    headersToRemove: [],
    responseHeadersToAdd,
    queryParametersToSet: [],
    queryParametersToRemove: [],
  }).finish();
}

function append(key: string, value: string): HeaderValueOption {
  return headerOption(key, value, { append: true, appendAction: AppendAction.APPEND_IF_EXISTS_OR_ADD });
}

function overwrite(key: string, value: string): HeaderValueOption {
  return headerOption(key, value, { append: false, appendAction: AppendAction.OVERWRITE_IF_EXISTS_OR_ADD });
}

/** Both flags always, also where they are defaults: older Envoys read `append` only, and the defaults have changed. */
function headerOption(
  key: string,
  value: string,
  flags: Pick<HeaderValueOption, 'append' | 'appendAction'>,
): HeaderValueOption {
  return { header: { key, value, rawValue: Buffer.alloc(0) }, ...flags, keepEmptyValue: false };
}
