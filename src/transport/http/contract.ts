/** The proxies' ways of asking, by the name that metrics count them under. */
export type HttpAdapter = 'nginx' | 'forward' | 'envoy';

/**
 * How one kind of proxy describes a request to us: where each item is read from, and what it can do with the answer.
 *
 * Each item has one header and no second choice. Proxies pass their client's headers on, so a service that tries
 * `x-original-url` when `x-original-uri` is missing lets the client describe its request itself. Nothing is read from
 * our own query string either: Caddy sends its client's query along.
 */
export interface Contract {
  readonly adapter: HttpAdapter;
  /** Path that the proxy calls. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ContractHeaders;
  /**
   * True: a deny is 403 whatever its true status, which is then told in `x-refgate-status`, and every answer carries
   * policy and reason, since no header of it reaches the client.
   */
  readonly answersFor: 'proxy' | 'client';
}

/** The request headers that describe the request, lower case. */
export interface ContractHeaders {
  /** `undefined`: what follows the contract's path, query included. */
  readonly target: string | undefined;
  readonly host: string;
  /** `undefined`: the method of the call itself. */
  readonly method: string | undefined;
  readonly scheme: string;
  /** Address of the proxy's client; `undefined`: the last value of x-forwarded-for. */
  readonly peer: string | undefined;
}
