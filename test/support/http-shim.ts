import { type HttpConnectionSettings, type HttpListener, startHttpServer } from '#refgate/transport/http/server.js';
import type { ListenAddress } from '#refgate/transport/listen-address.js';
import { unlimited } from './connection-settings.js';
import { PredictableAuthorizer } from './http-authorizer.js';

export interface RunningShim {
  readonly authorizer: PredictableAuthorizer;
  readonly listener: HttpListener;
  readonly address: string;
}

const anyPort: ListenAddress = { kind: 'tcp', host: '127.0.0.1', port: 0 };

/** Starts the real server with predictable decisions. */
export async function startShim(
  settings: Partial<PredictableAuthorizer> = {},
  listen = anyPort,
  connections: HttpConnectionSettings = unlimited,
): Promise<RunningShim> {
  const authorizer = Object.assign(new PredictableAuthorizer(), settings);
  const listener = await startHttpServer({ listen, authorizer, connections });
  return { authorizer, listener, address: listener.address };
}

/** One request in the words of each contract. Its answer has to be the same. */
export interface Described {
  readonly method?: string;
  readonly host: string;
  readonly target: string;
  readonly scheme?: string;
  /** Further headers, name and value in turn. */
  readonly headers?: readonly string[];
}

export type ContractName = 'nginx' | 'forward' | 'envoy';
export const contracts: readonly ContractName[] = ['nginx', 'forward', 'envoy'];

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
}

/** The call that a proxy makes to ask about a request. */
export function callUnder(
  contract: ContractName,
  { method = 'GET', host, target, scheme, headers = [] }: Described,
): Call {
  const proto = (name: string) => (scheme === undefined ? [] : [name, scheme]);
  if (contract === 'envoy') {
    const sent = ['Host', host, ...proto('X-Forwarded-Proto'), ...headers];
    return { method, path: `/authz/envoy${target}`, headers: sent };
  }
  const prefix = contract === 'nginx' ? 'X-Original' : 'X-Forwarded';
  const items = [`${prefix}-URI`, target, `${prefix}-Host`, host, `${prefix}-Method`, method];
  return { method: 'GET', path: `/authz/${contract}`, headers: [...items, ...proto(`${prefix}-Proto`), ...headers] };
}
