/** What each kind of unreadable line means. */
export const kindWords = {
  format: 'not in the format',
  request: 'without a request that can be read',
  host: 'without a host',
  tooLong: 'too long',
} as const;

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
