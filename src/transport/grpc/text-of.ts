/** Methods and schemes of nearly all requests. */
const usualWords = ['GET', 'HEAD', 'http', 'https'].map((text) => ({ text, bytes: Buffer.from(text) }));
const longestWord = 5;

/**
 * The bytes from `start` to `end` as UTF-8, U+FFFD for what is none, so that all transports agree on a Referer of odd
 * bytes. The usual words are told by comparing: making a text leaves JavaScript, and takes longer than that.
 */
export function textOf(bytes: Buffer, start: number, end: number): string {
  const word = end - start <= longestWord ? usualWord(bytes, start, end) : undefined;
  return word ?? bytes.toString('utf8', start, end);
}

function usualWord(bytes: Buffer, start: number, end: number): string | undefined {
  for (const word of usualWords) {
    if (word.bytes.length === end - start && beginsAt(bytes, start, word.bytes)) return word.text;
  }
  return undefined;
}

function beginsAt(bytes: Buffer, start: number, word: Buffer): boolean {
  for (let at = 0; at < word.length; at++) if (bytes[start + at] !== word[at]) return false;
  return true;
}
