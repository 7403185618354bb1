import { isDeepStrictEqual } from 'node:util';
import { isMapping } from '../is-mapping.js';

/** A value as YAML has it, without the keys whose value is `undefined`. */
export function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutUndefined) as T;
  if (!isMapping(value)) return value;
  const given = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(given.map(([key, each]) => [key, withoutUndefined(each)])) as T;
}

/** Whether two values say the same; the order of keys says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}
