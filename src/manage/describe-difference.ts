import { isMapping } from './is-mapping.js';
import type { PolicyDifference } from './policies/managed-policies.js';

/**
 * One side of a change as the audit log tells it: the number of entries of each list with those that the other side has
 * not, and every other key in which the sides differ, by its path: `{"referer.allow":{"entries":3,"removed":["a.example"]},
 * "referer.empty":"deny"}`.
 */
export type DifferenceSide = Readonly<Record<string, unknown>>;

/** Bytes of one side as JSON, however large the lists are: a log line has to stay one that programs read. */
const mostBytes = 4 * 1024;

/** Characters of one value. */
const longestValue = 256;

/** Left free for the count of what was left out. */
const reserve = 64;

/** Both sides of a change; `null` where there is no policy. */
export function describeDifference({ before, after }: Omit<PolicyDifference, 'policy'>): {
  readonly before: DifferenceSide | null;
  readonly after: DifferenceSide | null;
} {
  const [old, next] = [leaves(before), leaves(after)];
  return {
    before: before === undefined ? null : sideOf(old, next, 'removed'),
    after: after === undefined ? null : sideOf(next, old, 'added'),
  };
}

type Leaves = ReadonlyMap<string, unknown>;

function sideOf(own: Leaves, other: Leaves, word: 'added' | 'removed'): DifferenceSide {
  const side = new BoundedSide();
  const lists: [string, readonly unknown[]][] = [];
  for (const [path, value] of own) {
    const there = other.get(path);
    if (JSON.stringify(value) === JSON.stringify(there)) {
      // The size of a list is told even where it stays, since it says how much is at stake.
      if (Array.isArray(value) && isEntryList(path)) side.add(path, { entries: value.length });
    } else if (Array.isArray(value)) lists.push([path, value]);
    else side.add(path, shortened(value));
  }
  // Last, and what room there is goes to the items of both alike.
  for (const [path, items] of lists) side.addList(path, items, { word, there: other.get(path) });
  return side.value;
}

function isEntryList(path: string): boolean {
  return path === 'referer.allow' || path === 'referer.deny';
}

interface ListDifference {
  readonly word: 'added' | 'removed';
  readonly there: unknown;
}

/** A side under construction, which never grows over its bytes. */
class BoundedSide {
  readonly value: Record<string, unknown> = {};
  #bytes = 2;

  /** A key that has no room is counted under `more`. */
  add(path: string, value: unknown): void {
    const bytes = sizeOf(path) + sizeOf(value) + 2;
    if (this.#bytes + bytes > mostBytes - reserve) {
      this.value['more'] = Number(this.value['more'] ?? 0) + 1;
      return;
    }
    this.#bytes += bytes;
    this.value[path] = value;
  }

  /** The items that the other side has not, as many as there is room for, and the number of the rest. */
  addList(path: string, items: readonly unknown[], { word, there }: ListDifference): void {
    const known = new Set((Array.isArray(there) ? there : []).map((item) => JSON.stringify(item)));
    const own = items.filter((item) => !known.has(JSON.stringify(item))).map(shortened);
    const room = mostBytes - 2 * reserve - this.#bytes - sizeOf(path) - sizeOf(word);
    const told = fitting(own, room);
    const list: Record<string, unknown> = { entries: items.length };
    if (told.length > 0) list[word] = told;
    if (told.length < own.length) list[`${word}NotShown`] = own.length - told.length;
    this.add(path, list);
  }
}

/** The first items, as many as have room together. */
function fitting(items: readonly unknown[], room: number): unknown[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += sizeOf(item) + 1;
    return bytes > room;
  });
  return items.slice(0, end === -1 ? undefined : end);
}

/** Values by the path of their key; a list is one value. */
function leaves(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (isMapping(value)) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, path === '' ? key : `${path}.${key}`, into);
  } else if (value !== undefined && path !== '') into.set(path.slice(0, longestValue), value);
  return into;
}

function shortened(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : value;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
