/** Requests of one stretch of time. */
export interface TimeBucket {
  /** Where it begins, in milliseconds since 1970. */
  readonly from: number;
  readonly lines: number;
  /** Those that the rules deny, shadow mode included. */
  readonly denied: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Each divides the next, so that buckets can be poured together. */
const widths = [
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  7 * day,
  28 * day,
  364 * day,
];

/** As many as a plot can show, from the first to the last. */
const mostBuckets = 180;

/** Counts over time in bounded memory: when they reach too far, buckets become wider. */
export class TimeBuckets {
  #width = 0;
  #buckets = new Map<number, { lines: number; denied: number }>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  add(time: number, denied: boolean): void {
    this.#first = Math.min(this.#first, time);
    this.#last = Math.max(this.#last, time);
    while (this.#numberOf(this.#last) - this.#numberOf(this.#first) >= mostBuckets && this.#canWiden()) this.#widen();
    this.#pour(this.#numberOf(time), 1, denied ? 1 : 0);
  }

  /** Width of a bucket in milliseconds. */
  get width(): number {
    return widths[this.#width] ?? minute;
  }

  /** In order of time; a stretch without a line has none. */
  list(): TimeBucket[] {
    const sorted = [...this.#buckets].sort(([a], [b]) => a - b);
    return sorted.map(([number, { lines, denied }]) => ({ from: number * this.width, lines, denied }));
  }

  #numberOf(time: number): number {
    return Math.floor(time / this.width);
  }

  #canWiden(): boolean {
    return this.#width < widths.length - 1;
  }

  #widen(): void {
    const before = this.#buckets;
    const widthBefore = this.width;
    this.#buckets = new Map();
    this.#width += 1;
    for (const [number, { lines, denied }] of before) {
      this.#pour(this.#numberOf(number * widthBefore), lines, denied);
    }
  }

  #pour(number: number, lines: number, denied: number): void {
    const bucket = this.#buckets.get(number);
    if (bucket === undefined) this.#buckets.set(number, { lines, denied });
    else {
      bucket.lines += lines;
      bucket.denied += denied;
    }
  }
}
