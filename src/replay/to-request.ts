import type { AuthzRequest } from '../model/authz-request.js';
import type { LogRecord } from './log-record.js';

/** What the command line says of every request, for want of it in the log. */
export interface Supplied {
  /** `--host`: where a line has none. */
  readonly host: string | undefined;
  /** `--policy`: decides every line, as a proxy's `context_extensions.policy` would. */
  readonly policy: string | undefined;
  /** `--scheme`: where a line has none. */
  readonly scheme: string;
}

/**
 * Stands for a host that nobody knows, which only `--policy` lets pass. RFC 2606 §2 keeps `.invalid` from being a name,
 * so that no Referer is the request's own host.
 */
const unknownHost = 'unknown.invalid';

/** The request that the proxy asked about when it wrote the line; `undefined` when its host is not known. */
export function toRequest(record: LogRecord, supplied: Supplied): AuthzRequest | undefined {
  const host = record.host || supplied.host || hostOfTarget(record.target) || placeholder(supplied);
  if (host === undefined) return undefined;
  return {
    method: record.method,
    scheme: record.scheme || supplied.scheme,
    host,
    target: record.target,
    headers: record.headers,
    clientIp: record.clientIp,
    policyName: supplied.policy,
  };
}

/** Whether the requests of a log get a host. */
export function lacksHost(carriesHost: boolean, { host, policy }: Supplied): boolean {
  return !carriesHost && host === undefined && policy === undefined;
}

/** `decide` takes the host of an absolute-form target from there; it must only not be missing. */
function hostOfTarget(target: string): string | undefined {
  return /^https?:\/\/([^/?#]+)/i.exec(target)?.[1];
}

function placeholder({ policy }: Supplied): string | undefined {
  return policy === undefined ? undefined : unknownHost;
}
