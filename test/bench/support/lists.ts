import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import { checkRegex } from '#refgate/match/regex.js';
import { TextIndexBuilder } from '#refgate/match/text-index-builder.js';
import { parseEntry } from '#refgate/referer/parse-entry.js';
import type { PolicyParts } from '../../support/policy-builder.js';

/** The `referer` of a policy whose allow list has so many entries of one kind. */
export type ListOf = (size: number) => NonNullable<PolicyParts['referer']>;

const numbers = (size: number): number[] => Array.from({ length: size }, (_, number) => number);

/** Entries of the host dialect, written by number. */
export function hosts(entry: (number: number) => string): ListOf {
  return (size) => {
    const builder = new EntryIndexBuilder();
    for (const number of numbers(size)) {
      const parsed = parseEntry(entry(number), { exact: false });
      if ('problem' in parsed) throw new Error(parsed.problem);
      builder.add(parsed);
    }
    return { allow: builder.build() };
  };
}

/** Regular expressions of the host dialect, each of them about one site. */
export function regexes(size: number): ReturnType<ListOf> {
  const builder = new EntryIndexBuilder();
  for (const number of numbers(size)) {
    const pattern = `^([^/]+\\.)?site${number}\\.[a-z]+(/|$)`;
    const checked = checkRegex(pattern);
    if ('problem' in checked) throw new Error(checked.problem);
    builder.addRegex(`~${pattern}`, checked);
  }
  return { allow: builder.build() };
}

/** Entries of the oss dialect, written by number. */
export function texts(entry: (number: number) => string): ListOf {
  return (size) => {
    const builder = new TextIndexBuilder();
    for (const number of numbers(size)) builder.add(entry(number));
    return { dialect: 'oss', allow: builder.build() };
  };
}
