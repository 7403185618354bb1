import { isMapping } from '../../is-mapping.js';

/**
 * For each new item of a list, which of the old ones it is: one that says the same, or of two mappings that have no such
 * partner, the first with the first, as a changed one. `undefined`: none.
 *
 * `[a, { x: 1 }]` → `[{ x: 2 }, b, a]`: `[1, undefined, 0]`
 */
export function matchItems(olds: readonly unknown[], news: readonly unknown[]): (number | undefined)[] {
  const places = new Map<string, number[]>();
  for (const [position, old] of olds.entries()) {
    const key = keyOf(old);
    places.set(key, [...(places.get(key) ?? []), position]);
  }
  const found = news.map((item) => places.get(keyOf(item))?.shift());
  const taken = new Set(found);
  const left = [...olds.keys()].filter((position) => !taken.has(position) && isMapping(olds[position]));
  return found.map((position, at) => position ?? (isMapping(news[at]) ? left.shift() : undefined));
}

/** Equal for values that say the same. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (isMapping(each) ? sortedByKey(each) : each));
}

function sortedByKey(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
