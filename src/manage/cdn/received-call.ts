import { headerOf, type ManageRequest } from '../manage-request.js';
import { type Parameter, parseForm } from './parameters.js';

/** A call of the CDN API as it came, before anybody knows who it is from. */
export interface ReceivedCall {
  readonly request: ManageRequest;
  readonly body: Buffer;
  readonly query: readonly Parameter[];
  /** Of the body, if it is a form. */
  readonly form: readonly Parameter[];
}

/** Reads the parameters of a call. */
export function receiveCall(request: ManageRequest, body: Buffer): ReceivedCall {
  const form = isForm(request) ? parseForm(body.toString('latin1')) : [];
  return { request, body, query: parseForm(request.rawQuery), form };
}

/** A body without a type is one too: what else might a client of this API send? */
function isForm(request: ManageRequest): boolean {
  const type = headerOf(request, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === undefined || type === '' || type === 'application/x-www-form-urlencoded';
}
