import { z } from 'zod';
import { type KeyPath, quote } from '../key-path.js';
import { nearestWord } from './nearest-word.js';

/** What is said of a key that the schema does not know, and the known key in whose place it stands. */
export interface UnknownKey {
  readonly message: string;
  readonly meant: string | undefined;
}

/** `below` is the way from the value that `schema` describes to the unknown key, `path` the same from the root. */
export function describeUnknownKey(schema: z.ZodType, below: KeyPath, path: KeyPath): UnknownKey {
  const key = String(path.at(-1));
  if (key === '<<') {
    return {
      message: 'merge keys are not supported; write the keys out, or use an alias for a whole value',
      meant: undefined,
    };
  }
  const known = keysAt(schema, below.slice(0, -1));
  const meant = nearestWord(key, known);
  const advice = meant === undefined ? `expected ${known.join(', ')}` : `did you mean ${quote(meant)}?`;
  return { message: `unknown key; ${advice}`, meant };
}

function keysAt(schema: z.ZodType, path: KeyPath): string[] {
  let nodes = unwrap(schema);
  for (const part of path) nodes = nodes.flatMap((node) => step(node, part)).flatMap(unwrap);
  return nodes.flatMap((node) => (node instanceof z.ZodObject ? Object.keys(node.shape) : []));
}

/** What may really stand there: the alternatives of a union, the inner type of an optional one. */
function unwrap(schema: unknown): unknown[] {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  return [schema];
}

function step(node: unknown, part: string | number): unknown[] {
  if (node instanceof z.ZodArray) return [node.element];
  if (node instanceof z.ZodObject && Object.hasOwn(node.shape, part)) return [node.shape[part]];
  return [];
}
