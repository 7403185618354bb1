import type { AuthzRequest } from '../../model/authz-request.js';
import { clientIp, forwardedForHeader } from '../client-ip.js';
import type { BadRequest } from './bad-request.js';
import type { Contract, ContractHeaders } from './contract.js';
import { type HeaderValues, pickHeaders } from './raw-headers.js';
import { contractHeaders, decisiveHeaders } from './wanted-headers.js';

/** A call as Node hands it over, with the route that it took. */
export interface ProxyCall {
  readonly contract: Contract;
  /** What follows the contract's path. */
  readonly rest: string;
  readonly method: string;
  readonly rawHeaders: readonly string[];
}

export interface ReadingRules {
  /** Headers that the policies read, lower case. */
  readonly headersRead: ReadonlySet<string>;
  readonly trustedHops: number;
}

/** The request that a proxy asks about, or why there is none to be seen. */
export function readRequest(call: ProxyCall, rules: ReadingRules): AuthzRequest | BadRequest {
  const { headers: names } = call.contract;
  const described = pickHeaders(call.rawHeaders, contractHeaders(call.contract));
  const conflict = conflictingHeader(described);
  if (conflict !== undefined) return { problem: `${conflict} came twice with different values` };

  const item = (name: string) => described.get(name)?.[0] ?? '';
  const target = names.target === undefined ? call.rest : item(names.target);
  const host = item(names.host);
  const scheme = readScheme(item(names.scheme));
  const problem = targetProblem(target, names) ?? hostProblem(host, names);
  if (problem !== undefined) return { problem };
  if (scheme === undefined) return { problem: `${names.scheme} is neither http nor https` };

  return {
    method: names.method === undefined ? call.method : item(names.method) || 'GET',
    scheme,
    host,
    target,
    headers: pickHeaders(call.rawHeaders, decisiveHeaders(rules.headersRead)),
    clientIp: readClientIp(names, described, rules.trustedHops),
    policyName: undefined,
  };
}

/**
 * Without a host or a target the request would fall to no policy, and so to the default action. A target that is
 * neither a path nor an absolute URL is covered by no `paths` either: refused rather than passed.
 */
function targetProblem(target: string, names: ContractHeaders): string | undefined {
  const source = names.target ?? 'the path after /authz/envoy';
  if (target === '') return `${source} is missing or empty`;
  return /^(?:\/|https?:\/\/|\*$)/i.test(target) ? undefined : `${source} is neither a path nor an http URL`;
}

/**
 * A list is what proxies make of two lines, or of a client's own header to which they append: `evil, cdn.example` is
 * the host of no policy, and would pass by the default action.
 */
function hostProblem(host: string, names: ContractHeaders): string | undefined {
  if (host === '') return `${names.host} is missing or empty`;
  return /[\s,]/.test(host) ? `${names.host} is not one host` : undefined;
}

/**
 * Missing: `http`. Traefik says `ws` and `wss` of a WebSocket handshake, which is an http request all the same. Anything
 * else is refused, since taking it for `http` would get around a policy with `schemes: [https]`.
 */
function readScheme(text: string): string | undefined {
  return schemes.get(text.toLowerCase());
}

const schemes: ReadonlyMap<string, string> = new Map([
  ['', 'http'],
  ['http', 'http'],
  ['ws', 'http'],
  ['https', 'https'],
  ['wss', 'https'],
]);

/**
 * Under nginx the peer is X-Real-IP, and X-Forwarded-For is believed only as far as trusted hops reach. Under the other
 * contracts the proxy has appended its own client to X-Forwarded-For, so the last value is the peer and the trusted
 * hops are counted from there; an unreadable last value leaves the client unknown.
 */
function readClientIp(names: ContractHeaders, described: HeaderValues, trustedHops: number): string {
  const list = described.get(forwardedForHeader);
  if (names.peer !== undefined) return clientIp(described.get(names.peer)?.[0] ?? '', list, trustedHops);
  // The hop before a peer that is not known is the last value of the list.
  const peer = clientIp('', list, 1);
  return peer === '' ? '' : clientIp(peer, list, trustedHops);
}

/** An item that is said twice in different words has no value that could be relied on. */
function conflictingHeader(described: HeaderValues): string | undefined {
  for (const [name, values] of described) {
    if (name !== forwardedForHeader && values.some((value) => value !== values[0])) return name;
  }
  return undefined;
}
