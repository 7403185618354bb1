import { type Parameter, parseForm } from '../bytes/parameters.js';
import { headerOf, type ManageRequest } from '../manage-request.js';
import { mediaTypeOf } from '../media-type-of.js';
import type { CdnFault } from './cdn-fault.js';

/** A call of the CDN API as it came, before anybody knows who it is from. */
export interface ReceivedCall {
  readonly request: ManageRequest;
  /** Of the answer, and of what is logged of the call. */
  readonly requestId: string;
  readonly body: Buffer;
  readonly query: readonly Parameter[];
  /** Of the body, if it is a form. */
  readonly form: readonly Parameter[];
}

/** More than anybody sends, and few enough to be sorted before it is known who sent them. */
const MOST_PARAMETERS = 1_000;

/** Reads the parameters of a call. */
export function receiveCall(request: ManageRequest, body: Buffer, requestId: string): ReceivedCall | CdnFault {
  const form = isForm(request) ? body.toString('latin1') : '';
  const isTooMuch = [request.rawQuery, form].some(
    (text) => text.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS,
  );
  if (isTooMuch) return { code: 'InvalidParameter', message: `The call has over ${MOST_PARAMETERS} parameters.` };
  return { request, requestId, body, query: parseForm(request.rawQuery), form: parseForm(form) };
}

/** A body without a type is one too: what else might a client of this API send? */
function isForm(request: ManageRequest): boolean {
  const type = mediaTypeOf(headerOf(request, 'content-type'));
  return type === '' || type === 'application/x-www-form-urlencoded';
}
