/** A measured value at a time. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The slope of a line through points: the median of the slopes of all pairs (Theil and Sen), which single high values,
 * such as of a reload that was under way, do not move.
 */
export function slope(points: readonly Point[]): number {
  const slopes = points.flatMap((a, at) => points.slice(at + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  return median(slopes);
}

/** The value in the middle; NaN where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
