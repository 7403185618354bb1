/** A Referer that could be read as a URL, as WHATWG URL reads it. */
export interface RefererUrl {
  /** Lower case, without the colon: `http`, `https`, or a scheme that an entry names. */
  readonly scheme: string;
  /** Lower case, punycode, one trailing dot removed; IPv6 in brackets, addresses in canonical form. */
  readonly host: string;
  /** The written port, or 80 for http and 443 for https; `undefined` for other schemes without a written port. */
  readonly port: number | undefined;
  /** Path and query as WHATWG URL gives them, without the fragment. */
  readonly path: string;
  /**
   * What follows `://` (or `//`, where the scheme may be missing) as it was sent, but for tabs and line breaks, which
   * are no part of a URL: for regular expressions.
   */
  readonly sent: string;
}
