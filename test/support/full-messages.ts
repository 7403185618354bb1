import protobuf, { type Field, type OneOf, type Type } from 'protobufjs';

type Message = Record<string, unknown>;

/** Values that a slip of type or sign would change. Numbers differ by field, so that two swapped fields show. */
const SCALARS: Readonly<Record<string, (field: Field) => unknown>> = {
  string: (field) => `${field.fullName} ü 漢 🙂`,
  bytes: (field) => Buffer.from([0, 0xff, 0xc3, 0x28, field.id]),
  bool: () => true,
  int32: (field) => -1000 - field.id,
  uint32: (field) => 4_000_000_000 + field.id,
  // Above 2^53, where a JavaScript number would lose it.
  int64: () => '-9007199254740995',
  uint64: () => '18446744073709551615',
  double: (field) => field.id + 0.1,
  float: (field) => field.id + 0.5,
};

/**
 * Messages with every field of a type filled, down to the last nested one, made by walking its definition: a field that
 * is added to a .proto file is in the next run without anybody thinking of it.
 *
 * A oneof holds one member at a time, so that `variant` counts through them; `filled` collects what has been written.
 */
export class FullMessages {
  readonly filled = new Set<string>();

  build(type: Type, variant: number, depth = 0): Message {
    const message: Message = {};
    for (const field of type.fieldsArray) {
      if (!isChosen(field, variant, depth)) continue;
      this.filled.add(field.fullName);
      message[field.name] = this.#value(field.resolve(), variant, depth);
    }
    return message;
  }

  #value(field: Field, variant: number, depth: number): unknown {
    const one = (): unknown => this.#single(field, variant, depth);
    if (field instanceof protobuf.MapField) return { first: one(), 'second ü': one() };
    return field.repeated ? [one(), one()] : one();
  }

  #single(field: Field, variant: number, depth: number): unknown {
    const type = field.resolvedType;
    if (type instanceof protobuf.Type) return this.build(type, variant, depth + 1);
    if (type instanceof protobuf.Enum) return Object.keys(type.values).at(-1);
    const scalar = SCALARS[field.type];
    if (scalar === undefined) throw new Error(`${field.fullName}: no value for the type ${field.type}`);
    return scalar(field);
  }
}

/** Deep enough for every message of ours; google.protobuf.Value holds itself, and ends there. */
const DEEPEST = 9;

function isChosen(field: Field, variant: number, depth: number): boolean {
  const oneOf: OneOf | null = field.partOf;
  if (oneOf === null) return depth < DEEPEST || !field.repeated;
  const members = oneOf.fieldsArray.filter((member) => depth < DEEPEST || isScalar(member));
  return members[variant % members.length] === field;
}

function isScalar(field: Field): boolean {
  return field.resolve().resolvedType === null;
}

/** Every message type that can be reached from one, itself included, by full name. */
export function reachableTypes(type: Type, found = new Map<string, Type>()): ReadonlyMap<string, Type> {
  if (found.has(type.fullName)) return found;
  found.set(type.fullName, type);
  for (const field of type.fieldsArray) {
    const { resolvedType } = field.resolve();
    if (resolvedType instanceof protobuf.Type) reachableTypes(resolvedType, found);
  }
  return found;
}
