import { LONGEST_BODY } from '../longest-body.js';

const seconds = 1_000;

/** What one client may take of time and room. Times are in milliseconds. */
export interface ConnectionLimits {
  /** For a request's headers to arrive, counted from its first byte, or from the connection's start. */
  readonly headersTimeout: number;
  /** For a whole request to arrive. */
  readonly requestTimeout: number;
  /** How often Node looks for requests that are late; each may be late by so much more. */
  readonly connectionsCheckingInterval: number;
  /** How long a connection is kept for the next request. */
  readonly keepAliveTimeout: number;
  /** Bytes of the request line and all headers. */
  readonly maxHeaderSize: number;
  /** Bytes of a body that is read; the rest of a larger one is dropped. */
  readonly bodyBytes: number;
}

/**
 * The limits in force; tests give others.
 *
 * CDN SDKs put their arguments into the query, where a full list of 60 KB is some 180 KB once percent-encoded. Node looks
 * for late requests every 30 s by default, which would make 60 s of our 30. SDKs keep connections for a minute at most
 * and take a reset in that time for a failure.
 */
export const connectionLimits: ConnectionLimits = {
  headersTimeout: 10 * seconds,
  requestTimeout: 30 * seconds,
  connectionsCheckingInterval: seconds / 2,
  keepAliveTimeout: 75 * seconds,
  maxHeaderSize: 256 * 1024,
  bodyBytes: LONGEST_BODY,
};
