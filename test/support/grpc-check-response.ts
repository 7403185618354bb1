import { loadOfficialProtos, messageType } from './grpc-official-protos.js';

const CHECK_RESPONSE = messageType(loadOfficialProtos(), 'envoy.service.auth.v3.CheckResponse');

export interface OfficialHeader {
  readonly header: { readonly key: string; readonly value: string };
  /** `undefined` where the flag is not on the wire. */
  readonly append?: { readonly value?: boolean };
  readonly append_action?: string;
}

/** A CheckResponse as the official protos decode it, without the fields that were not sent. */
export interface OfficialResponse {
  readonly status?: { readonly code?: number };
  readonly ok_response?: { readonly response_headers_to_add?: readonly OfficialHeader[] };
  readonly denied_response?: {
    readonly status?: { readonly code?: string | number };
    readonly headers?: readonly OfficialHeader[];
    readonly body?: string;
  };
  readonly dynamic_metadata?: {
    readonly fields: Readonly<Record<string, { readonly stringValue?: string; readonly numberValue?: number }>>;
  };
}

export function decodeResponse(bytes: Buffer): OfficialResponse {
  return CHECK_RESPONSE.deserialize(bytes) as OfficialResponse;
}

/** dynamic_metadata as a plain object. */
export function metadataOf(response: OfficialResponse): Record<string, string | number | undefined> {
  const fields = Object.entries(response.dynamic_metadata?.fields ?? {});
  return Object.fromEntries(fields.map(([key, value]) => [key, value.stringValue ?? value.numberValue]));
}

/** A header that replaces one of its name, with both flags explicit. */
export function overwriting(key: string, value: string): OfficialHeader {
  return { header: { key, value }, append: {}, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
}
