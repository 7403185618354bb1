import type { KeyPath } from '../key-path.js';
import type { Plain } from '../parse/syntax-tree.js';

/**
 * A value of which some parts were wrong and are left out. Everything that is there has the type that the schema
 * says, so the checks of meaning run on the rest, and one mistake does not hide the next.
 */
export type Draft<T> = T extends readonly (infer U)[]
  ? (Draft<U> | undefined)[]
  : T extends object
    ? { [K in keyof T]?: Draft<T[K]> | undefined }
    : T;

/** Empties the places of wrong values: items of lists stay `undefined`, so that positions keep their meaning. */
export function leaveOut(value: Plain, paths: readonly KeyPath[]): Plain | undefined {
  for (const path of paths) {
    const last = path.at(-1);
    if (last === undefined) return undefined;
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((node, part) => (isContainer(node) ? node[part] : undefined), value);
    if (isContainer(parent) && last in parent) parent[last] = undefined;
  }
  return value;
}

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
