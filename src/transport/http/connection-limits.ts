const seconds = 1_000;

/**
 * A proxy that sends a request on a kept connection while we close it gets a reset, and its client an error. So we keep
 * connections longer than proxies do: nginx 60 s, Traefik and Caddy 90 s; Node's default was 5 s for long.
 *
 * The two others lie above it because Node counts them from the connection's start: Traefik's and Caddy's client opens
 * connections ahead of need, and may send the first request on one only after 90 s. They also end a request that
 * arrives a byte at a time.
 */
export const timeouts = {
  keepAliveTimeout: 95 * seconds,
  headersTimeout: 105 * seconds,
  requestTimeout: 110 * seconds,
} as const;

/** What one request may be. */
export const limits = {
  /** Bytes of all headers. nginx lets 32 KiB through; at Node's 16 KiB visitors with large cookies would be refused. */
  maxHeaderSize: 64 * 1024,
  /** An HTTP/1.1 call without Host is for its contract to judge: Node would answer it 400, which nginx makes 500 of. */
  requireHostHeader: false,
} as const;
