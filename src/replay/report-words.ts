/** What each kind of unreadable line means. */
export const kindWords = {
  format: 'not in the format',
  request: 'without a request that can be read',
  host: 'without a host',
  tooLong: 'too long',
} as const;

/** Of a top list without a name that is certain to be among the most frequent, for there were too many names. */
export function noneCertain(error: number): string {
  return `none was denied more often than ${number(error)} times for certain, out of more names than can be counted`;
}

/** `1234567` → `1,234,567`. */
export function number(value: number): string {
  return value.toLocaleString('en');
}

/** `1234567` → `1.2 MB`. */
export function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), units.length - 1);
  return `${power === 0 ? count : (count / 1000 ** power).toFixed(1)} ${units[power]}`;
}
