import type { IncomingMessage } from 'node:http';
import { textOfBytes } from '../bytes/text-of-bytes.js';
import { clientAddress } from '../client-address.js';
import type { ManageContext } from '../manage-context.js';
import { sameText } from '../same-text.js';
import type { Token } from '../settings/manage-settings.js';
import type { Problem } from './problem.js';

/** Who asks. */
export interface Authenticated {
  readonly token: Token;
  /** Address of the other side of the connection. */
  readonly client: string;
}

/** Whose token the request carries (RFC 6750 §2.1), or why it is not let in. Counts against the limits. */
export function authenticate(request: IncomingMessage, context: ManageContext): Authenticated | Problem {
  const client = clientAddress(request);
  const presented = bearerToken(request);
  if (presented === undefined) return NO_TOKEN;
  const token = findToken(presented, context.settings().tokens);
  if (token === undefined) return refuseUnknown(client, context);
  return context.limits.admit('token', token.name) ? { token, client } : TOO_MANY;
}

/** Node hands the first of two `Authorization` headers over; which of them is meant is not for us to guess. */
function bearerToken(request: IncomingMessage): string | undefined {
  const [value, ...others] = request.headersDistinct['authorization'] ?? [];
  if (value === undefined || others.length > 0) return undefined;
  const [, token] = /^bearer +(\S.*)$/i.exec(value) ?? [];
  // Node reads headers as Latin-1; a secret is the text that its UTF-8 says.
  return token && textOfBytes(token).trimEnd();
}

/** Every token is compared, so that the time does not tell which one was near. */
function findToken(presented: string, tokens: readonly Token[]): Token | undefined {
  let found: Token | undefined;
  for (const token of tokens) if (sameText(token.secret, presented)) found = token;
  return found;
}

function refuseUnknown(client: string, context: ManageContext): Problem {
  if (!context.limits.admitFailure(client)) return TOO_MANY;
  context.authenticationFailed({ api: 'rest', client, code: UNKNOWN.code, cause: 'no token of the settings is this' });
  return UNKNOWN;
}

const NO_TOKEN: Problem = {
  code: 'no_token',
  detail: 'send the header "Authorization: Bearer …" with a token of the management settings, once',
  headers: { 'www-authenticate': 'Bearer realm="refgate"' },
};

/** RFC 6750 §3.1. */
const UNKNOWN: Problem = {
  code: 'unknown_token',
  detail: 'this token is not in the management settings',
  headers: { 'www-authenticate': 'Bearer realm="refgate", error="invalid_token"' },
};

/** Limits are by the second. */
const TOO_MANY: Problem = {
  code: 'too_many_requests',
  detail: 'too many requests; wait a second',
  headers: { 'retry-after': '1' },
};
