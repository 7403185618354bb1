import type { Plain, PlainMapping } from '../../rules/parse/syntax-tree.js';
import { isMapping } from '../is-mapping.js';

/**
 * What a JSON merge patch makes of a value (RFC 7396 §2): keys that are `null` are removed, mappings are merged, all else
 * is replaced, lists as a whole. Neither argument is changed.
 */
export function mergePatch(target: unknown, patch: Plain): Plain {
  if (!isMapping(patch)) return patch;
  const merged: PlainMapping = Object.create(null);
  if (isMapping(target)) for (const [key, value] of Object.entries(target)) merged[key] = value as Plain;
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}
