const beyondAscii = /[^\0-\x7f]/;

/**
 * A header value as UTF-8, with U+FFFD for what is none. Node reads header bytes as Latin-1; Envoy's gRPC messages
 * carry them as they are. Reading both alike makes one Referer one text, whichever way it came.
 */
export function decodeHeaderText(latin1: string): string {
  return beyondAscii.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1;
}

/** The inverse: a text whose Latin-1 bytes are the value in UTF-8. Node throws on characters above U+00FF. */
export function encodeHeaderText(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}
