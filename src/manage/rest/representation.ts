import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type PolicySource, policySchema } from '../../rules/validate/schema.js';

/** The bytes by which the API shows something, and their strong entity tag, quotes included (RFC 9110 §8.8.3). */
export interface Representation {
  readonly body: string;
  readonly etag: string;
}

/**
 * A policy as the API shows it. Keys are in one order, that of the schema, whatever order its file has: the tag of an
 * answer to a change is that of the next read, and a file that somebody sorted anew is no other policy.
 */
export function representPolicy(policy: PolicySource): Representation {
  return represent(inOrder(policy));
}

/** All policies, as the API shows each. */
export function representPolicies(policies: readonly PolicySource[], generation: number): Representation {
  return represent({ generation, policies: policies.map(inOrder) });
}

/** Any value as JSON. */
export function represent(value: unknown): Representation {
  const body = JSON.stringify(value);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}

/** Every key of the schema, in the order in which it is met from the outside to the inside. */
const positions: ReadonlyMap<string, number> = new Map([...keysOf(policySchema)].map((key, at) => [key, at]));

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const sorted: Record<string, unknown> = Object.create(null);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  for (const [key, item] of entries.sort(([one], [other]) => compareKeys(one, other))) sorted[key] = inOrder(item);
  return sorted;
}

/** Keys that are not of the schema, such as names of headers, come last, by their text. */
function compareKeys(one: string, other: string): number {
  const [a, b] = [positions.get(one) ?? positions.size, positions.get(other) ?? positions.size];
  return a - b || (one < other ? -1 : 1);
}

function keysOf(schema: unknown, seen: Set<unknown> = new Set(), keys: Set<string> = new Set()): Set<string> {
  if (seen.has(schema)) return keys;
  seen.add(schema);
  if (schema instanceof z.ZodOptional) return keysOf(schema.unwrap(), seen, keys);
  if (schema instanceof z.ZodArray) return keysOf(schema.element, seen, keys);
  if (schema instanceof z.ZodUnion) for (const option of schema.options) keysOf(option, seen, keys);
  if (!(schema instanceof z.ZodObject)) return keys;
  for (const key of Object.keys(schema.shape)) keys.add(key);
  for (const inner of Object.values(schema.shape)) keysOf(inner, seen, keys);
  return keys;
}
