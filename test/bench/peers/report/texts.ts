/** 12,345 */
export function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

/** Three digits: 0.123, 1.23, 12.3, 123, 1,234. */
export function three(number: number): string {
  if (!Number.isFinite(number)) return '?';
  const digits = number < 1 ? 3 : 2 - Math.floor(Math.log10(number));
  return digits > 0 ? number.toFixed(Math.min(digits, 3)) : count(number);
}

/** × 1.23 */
export function times(number: number): string {
  return `× ${number < 0.1 ? number.toFixed(3) : number.toFixed(2)}`;
}

/** Microseconds, said in milliseconds. */
export function ms(microseconds: number): string {
  return three(microseconds / 1_000);
}

/** 1,000,000 as `1 M`, for heads of tables and axes. */
export function short(number: number): string {
  if (number >= 1e6 && number % 1e6 === 0) return `${number / 1e6} M`;
  if (number >= 1e3 && number % 1e3 === 0) return `${number / 1e3} k`;
  return String(number);
}
