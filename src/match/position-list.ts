/** Positions of policies, ascending, none twice. Lists are shared and never changed. */
export type PositionList = readonly number[];

/** One for all that have none. */
export const NO_POSITIONS: PositionList = [];

/** Every position of both lists: one of the two itself if it holds the other, so that equal lists are one list. */
export function unite(a: PositionList, b: PositionList): PositionList {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const united: number[] = [];
  let inA = 0;
  let inB = 0;
  while (inA < a.length || inB < b.length) {
    const nextA = a[inA] ?? Number.POSITIVE_INFINITY;
    const nextB = b[inB] ?? Number.POSITIVE_INFINITY;
    united.push(Math.min(nextA, nextB));
    if (nextA <= nextB) inA++;
    if (nextB <= nextA) inB++;
  }
  if (united.length === a.length) return a;
  return united.length === b.length ? b : united;
}
