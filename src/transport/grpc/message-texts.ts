/** Above this a message holds a body or a hostile header list, of which little is read: turning all into text costs more. */
const MOST_BYTES = 8_192;

const NOTHING = Buffer.alloc(0);

/**
 * The texts of one message. Each text that is made of bytes leaves JavaScript, which takes longer than most texts are
 * worth: a Check has six or seven of some 20 bytes. All bytes are turned into characters at once instead, one by one, and
 * a text of ASCII is a part of that; any other is decoded for itself.
 */
export class MessageTexts {
  #bytes: Buffer = NOTHING;
  #characters: string | undefined = '';

  /** Goes on to another message. */
  begin(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#characters = bytes.length <= MOST_BYTES ? bytes.toString('latin1') : undefined;
  }

  /** The bytes from `start` to `end` as UTF-8, U+FFFD for what is none, so that all transports agree on odd bytes. */
  text(start: number, end: number): string {
    if (this.#characters === undefined || !this.#isAscii(start, end)) return this.#bytes.toString('utf8', start, end);
    return this.#characters.slice(start, end);
  }

  #isAscii(start: number, end: number): boolean {
    const bytes = this.#bytes;
    for (let at = start; at < end; at++) if ((bytes[at] as number) >= 0x80) return false;
    return true;
  }
}
