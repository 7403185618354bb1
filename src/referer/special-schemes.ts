/**
 * The special schemes of WHATWG URL with their default ports, which it drops from a URL: `ws://h:80` and `ws://h` are
 * the same. Hosts of these schemes are domain names or addresses; those of all others are opaque texts to WHATWG URL.
 */
const specialSchemes: ReadonlyMap<string, number | undefined> = new Map([
  ['http', 80],
  ['https', 443],
  ['ws', 80],
  ['wss', 443],
  ['ftp', 21],
  ['file', undefined],
]);

/** @param scheme - lower case, without the colon */
export function isSpecialScheme(scheme: string): boolean {
  return specialSchemes.has(scheme);
}

/**
 * The port that a URL leads to: the written one, or the default of its scheme.
 *
 * @param written - `URL.port`: decimal digits, or `''` for none and for the scheme's default
 * @param scheme - lower case, without the colon
 * @returns `undefined` for a scheme without a default port and no written port
 */
export function effectivePort(written: string, scheme: string): number | undefined {
  return written === '' ? specialSchemes.get(scheme) : Number(written);
}
