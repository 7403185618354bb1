/** A logarithmic axis: from numbers to places. */
export interface Scale {
  place(value: number): number;
  /** Values with a label. */
  readonly ticks: readonly number[];
}

/** From the power of ten below the least to the one above the most, or less where 1, 2 and 5 give a nearer end. */
export function logScale(values: readonly number[], from: number, to: number): Scale {
  // An axis without values is drawn all the same.
  const [least, most] = values.length === 0 ? [1, 10] : [Math.min(...values), Math.max(...values)];
  const low = stepBelow(least);
  const high = Math.max(stepAbove(most), low * 2);
  const place = (value: number): number =>
    from + ((Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))) * (to - from);
  return { place, ticks: ticksBetween(low, high) };
}

const steps = [1, 2, 5];

/** 1, 2, 5, 10, 20, 50, … around a range; only the powers of ten where those alone are enough. */
function ticksBetween(low: number, high: number): number[] {
  const decades = Math.log10(high / low);
  const used = decades > 3 ? [1] : steps;
  const powers = Array.from({ length: Math.ceil(decades) + 2 }, (_, at) => 10 ** (Math.floor(Math.log10(low)) + at));
  const all = powers.flatMap((power) => used.map((step) => rounded(step * power)));
  return all.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
}

function stepBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return rounded(power * (steps.findLast((step) => step * power <= value * 1.0001) ?? 1));
}

function stepAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return rounded(power * (steps.find((step) => step * power >= value * 0.9999) ?? 10));
}

/** 0.30000000000000004 is 0.3. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
