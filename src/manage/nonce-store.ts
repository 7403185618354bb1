/** Remembers the nonces of signed requests, so that a request holds once. */
export interface NonceStore {
  /**
   * To be called after the signature holds. `used`: it came before; `full`: no room to remember it, so that the call
   * must be refused.
   *
   * @param expires - when the request is too old to be accepted anyway
   */
  take(accessKeyId: string, nonce: string, expires: Date): 'fresh' | 'used' | 'full';
}
