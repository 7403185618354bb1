/** A message type as far as a decision reads it, by field number. */
interface Shape {
  readonly [field: number]: Part;
}

/** A field that is read: a text, or a message that occurs once (and is merged) or several times. */
type Part = { readonly kind: 'text' } | { readonly kind: 'one' | 'many'; readonly shape: Shape };

const text: Part = { kind: 'text' };
const one = (shape: Shape): Part => ({ kind: 'one', shape });
const many = (shape: Shape): Part => ({ kind: 'many', shape });

const ADDRESS: Shape = { 1: one({ 2: text }), 2: text, 3: text };
const MAP_ENTRY: Shape = { 1: text, 2: text };
const HEADER_VALUE: Shape = { 1: text, 2: text, 3: text };
const HTTP: Shape = { 2: text, 3: many(MAP_ENTRY), 4: text, 5: text, 6: text, 13: one({ 1: many(HEADER_VALUE) }) };
const ATTRIBUTES: Shape = { 1: one({ 1: one(ADDRESS) }), 4: one({ 2: one(HTTP) }), 10: many(MAP_ENTRY) };
const CHECK_REQUEST: Shape = { 1: one(ATTRIBUTES) };

/** Bytes of a value by wire type; groups and the types that were never given out are missing. */
const FIXED_SIZES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

interface WireField {
  readonly tag: number;
  /** The whole field. */
  readonly bytes: Uint8Array;
  /** Of a length-delimited field. */
  readonly content: Uint8Array | undefined;
}

/**
 * The same CheckRequest with every message once and nothing that no decision reads, or `undefined` where the bytes break the encoding in a message that a
 * decision reads. Slow and obvious.
 *
 * Generated code needs this before it can be compared with: it reads over the end of a nested message, takes the end of
 * a group for the end of a message, and keeps only the last of several occurrences. Messages are merged by joining their bytes, which is how protobuf defines merging.
 */
export function mergeCheckRequest(bytes: Uint8Array): Uint8Array | undefined {
  return merge(bytes, CHECK_REQUEST);
}

function merge(bytes: Uint8Array, shape: Shape): Uint8Array | undefined {
  const fields = readFields(bytes);
  if (fields === undefined) return undefined;
  const parts: Uint8Array[] = [];
  for (const field of fields) {
    const part = shape[field.tag >>> 3];
    if (part === undefined || field.content === undefined) continue;
    if (part.kind === 'text') {
      parts.push(field.bytes);
      continue;
    }
    const alone = merge(field.content, part.shape);
    if (alone === undefined) return undefined;
    const occurrences = fields.filter(({ tag }) => tag === field.tag);
    if (part.kind === 'many') parts.push(writeField(field.tag, alone));
    else if (occurrences.at(-1) === field) parts.push(writeField(field.tag, joined(occurrences, part.shape)));
  }
  return Buffer.concat(parts);
}

function joined(occurrences: readonly WireField[], shape: Shape): Uint8Array {
  const contents = occurrences.map(({ content }) => content ?? new Uint8Array());
  return merge(Buffer.concat(contents), shape) ?? new Uint8Array();
}

function readFields(bytes: Uint8Array): WireField[] | undefined {
  const fields: WireField[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const tag = readVarint(rest);
    if (tag === undefined || tag.value >= 2n ** 32n || tag.value >> 3n === 0n) return undefined;
    const value = readValue(Number(tag.value & 7n), tag.rest);
    if (value === undefined) return undefined;
    const size = rest.length - value.rest.length;
    fields.push({ tag: Number(tag.value), bytes: rest.subarray(0, size), content: value.content });
    rest = value.rest;
  }
  return fields;
}

function readValue(
  wireType: number,
  bytes: Uint8Array,
): { content: Uint8Array | undefined; rest: Uint8Array } | undefined {
  const number = readVarint(bytes);
  if (wireType === 0) return number && { content: undefined, rest: number.rest };
  const size = FIXED_SIZES[wireType];
  if (size !== undefined) return size <= bytes.length ? { content: undefined, rest: bytes.subarray(size) } : undefined;
  if (wireType !== 2 || number === undefined || number.value > BigInt(number.rest.length)) return undefined;
  const end = Number(number.value);
  return { content: number.rest.subarray(0, end), rest: number.rest.subarray(end) };
}

function readVarint(bytes: Uint8Array): { value: bigint; rest: Uint8Array } | undefined {
  const end = bytes.findIndex((byte) => byte < 0x80);
  if (end === -1 || end > 9) return undefined;
  const value = bytes.subarray(0, end + 1).reduceRight((sum, byte) => sum * 128n + BigInt(byte & 0x7f), 0n);
  return { value, rest: bytes.subarray(end + 1) };
}

function writeField(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([writeVarint(tag), writeVarint(content.length), content]);
}

function writeVarint(value: number): Uint8Array {
  return value < 0x80
    ? Uint8Array.of(value)
    : Buffer.concat([Uint8Array.of((value % 128) | 0x80), writeVarint(Math.floor(value / 128))]);
}
