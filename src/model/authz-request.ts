/**
 * One request as a proxy describes it to us, in the same shape for every transport.
 *
 * Nothing here is normalised yet: adapters copy what the proxy said, `decide` gives it its meaning. That keeps the
 * rules of spelling (case, ports, percent-encoding) in one place for all proxies.
 */
export interface AuthzRequest {
  /** Request method as received. */
  readonly method: string;
  /** Scheme of the client's connection, `http` or `https`, in any case. */
  readonly scheme: string;
  /** Host as received: may carry a port, upper case, a trailing dot. Never empty. */
  readonly host: string;
  /** Request target as received: path and query, or an absolute-form URL (RFC 9112 §3.2.2). */
  readonly target: string;
  /** Values by lower-case header name, in order of arrival. Holds at least the headers that the snapshot reads. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Address of the client as text without a port; `''` when it is not known. */
  readonly clientIp: string;
  /** Policy named by the proxy's own configuration (Envoy's `context_extensions.policy`), which skips selection. */
  readonly policyName: string | undefined;
}
