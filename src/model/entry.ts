/** Which hosts an entry covers. The dialect (`exact`, leading dot, `**`) is already resolved into these shapes. */
export type HostPattern = AnyHost | NamePattern | WildcardPattern | NetworkPattern;

/** `**`, and `*` with exact off: every host, IP addresses included. */
export interface AnyHost {
  readonly kind: 'any';
}

/**
 * A name without wildcards, and how far below it the entry reaches. Examples:
 * `example.com` → self, below any; with exact: self, below none; `*.example.com` → not self, below any;
 * with exact: not self, below one; `.example.com` → self, below any.
 */
export interface NamePattern {
  readonly kind: 'name';
  /** Lower case, punycode, no leading or trailing dot. */
  readonly name: string;
  readonly self: boolean;
  /** `one`: exactly one label more. `any`: one or more labels more. */
  readonly below: 'none' | 'one' | 'any';
}

/** Labels with wildcards that are not a plain head, such as `a*b.example.com` or `www.example.*`. */
export interface WildcardPattern {
  readonly kind: 'wildcard';
  /**
   * Left to right, lower case. A label is literal, a glob of one label (`*` zero or more characters, `?` one; a label
   * that is only `*` is at least one character), or `**`: one or more whole labels.
   */
  readonly labels: readonly string[];
  /** True: also every host below a match, at any depth. */
  readonly below: boolean;
}

/** An IP literal (full prefix length) or a CIDR block. IPv4-mapped IPv6 addresses are IPv4 addresses. */
export interface NetworkPattern {
  readonly kind: 'network';
  /** The address in network byte order: 4 or 16 bytes, host bits cleared. */
  readonly address: Uint8Array;
  /** Prefix length in bits: 0 to 32, or 0 to 128. */
  readonly prefix: number;
}

/** One entry of an allow or deny list of the host dialect. A missing condition is always fulfilled. */
export interface RefererEntry {
  /** As written in the file, white space at both ends removed. */
  readonly written: string;
  readonly host: HostPattern;
  readonly scheme?: string;
  readonly port?: number;
  /** Case-sensitive prefix of path and query, percent-encoded as WHATWG URL would. Begins with `/`. */
  readonly path?: string;
}
