/** The text that bytes, a character each, most likely stand for: UTF-8, with U+FFFD for what is none. */
export function textOfBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
