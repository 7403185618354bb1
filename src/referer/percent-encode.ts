/** Every byte of the text's UTF-8 as `%XX`; U+FFFD for a lone surrogate, where `encodeURIComponent` throws. */
export function percentEncode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
