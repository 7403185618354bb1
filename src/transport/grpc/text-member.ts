import { type ByteWriter, fieldSize, utf8Length } from './byte-writer.js';

/** Tags of google.protobuf.Struct, which is a `map<string, Value>`: entries, their key and value, and a text in it. */
const STRUCT_FIELDS = 0x0a;
const ENTRY_KEY = 0x0a;
const ENTRY_VALUE = 0x12;
const VALUE_STRING = 0x1a;

/** One member of a Struct whose value is a text that only the request knows. */
export class TextMember {
  /** Bytes of the member. */
  readonly size: number;
  readonly #key: Buffer;
  readonly #text: string;
  readonly #textLength: number;
  readonly #valueLength: number;
  readonly #entryLength: number;

  /** @param key name of the member, in UTF-8 */
  constructor(key: Buffer, text: string) {
    this.#key = key;
    this.#text = text;
    this.#textLength = utf8Length(text);
    this.#valueLength = fieldSize(this.#textLength);
    this.#entryLength = fieldSize(key.length) + fieldSize(this.#valueLength);
    this.size = fieldSize(this.#entryLength);
  }

  write(writer: ByteWriter): void {
    writer.open(STRUCT_FIELDS, this.#entryLength);
    writer.open(ENTRY_KEY, this.#key.length);
    writer.append(this.#key);
    writer.open(ENTRY_VALUE, this.#valueLength);
    writer.open(VALUE_STRING, this.#textLength);
    writer.text(this.#text, this.#textLength);
  }
}
