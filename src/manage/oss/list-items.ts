import type { PolicySource } from '../../rules/validate/schema.js';

/** One item of `referer.allow` or `referer.deny`: an entry, or where entries are found. */
export type ListItem = NonNullable<PolicySource['referer']['allow']>[number];

/**
 * An item as the OSS API tells it. It has no word for a list of entries elsewhere, so that one is told by its text in
 * the rule file: `{ file: lists/partners.txt }`. To leave it out could tell of a list that is empty, which would say
 * that nothing is checked.
 */
export function itemText(item: ListItem): string {
  if (typeof item === 'string') return item;
  return item.file === undefined ? `{ preset: ${item.preset} }` : `{ file: ${item.file} }`;
}

/**
 * The item that a text of the API means: an entry, but for the text of a list elsewhere that is in `current`, which
 * stays. So a script that reads, adds an entry and writes does not lose it, and none can name a file that nobody who
 * may write rule files has named.
 */
export function listItem(text: string, current: readonly ListItem[] = []): ListItem {
  return current.find((item) => typeof item !== 'string' && itemText(item) === text) ?? text;
}
