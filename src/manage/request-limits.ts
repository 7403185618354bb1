/** Limits the rate of requests. */
export interface RequestLimits {
  /** Counts a request of an access key or token. False: it is one too many. */
  admit(kind: 'key' | 'token', name: string): boolean;
  /** Counts a failed authentication of an address. False: it is one too many, and gets no details. */
  admitFailure(client: string): boolean;
}
