/** A run of `\xHH`, which may be the bytes of one character, or a backslash and what it escapes. */
const escapes = /((?:\\x[0-9a-f]{2})+)|\\(.)/gis;

/** Apache httpd's `ap_escape_logitem` writes these for control characters. */
const letters: Readonly<Record<string, string>> = { b: '\b', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * A logged text as the client sent it. nginx (`escape=default`) writes `"`, `\`, control characters and every byte
 * above 126 as `\xHH`; Apache httpd writes `\"`, `\\`, `\n` and its like, and `\xhh`. Bytes are read as UTF-8, with
 * U+FFFD for what is none, as the transports read header bytes.
 */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(escapes, (whole: string, bytes: string | undefined, escaped: string | undefined) => {
    if (bytes !== undefined) return Buffer.from(bytes.replace(/\\x/gi, ''), 'hex').toString('utf8');
    if (escaped === '"' || escaped === '\\') return escaped;
    return letters[escaped ?? ''] ?? whole;
  });
}
