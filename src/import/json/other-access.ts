import type { Losses } from '../losses.js';
import type { JsonValue } from './json-value.js';

/** What a section beside the Referer's decides on, by key. */
export type OtherAccess = Readonly<Record<string, string>>;

/** Tells the sections of a domain that decide who may fetch, as far as they are switched on. */
export function tellOtherAccess(
  holder: JsonValue,
  others: OtherAccess,
  isOn: (section: JsonValue) => boolean,
  losses: Losses,
): void {
  for (const [key, value] of holder.members()) {
    const what = Object.hasOwn(others, key) ? others[key] : undefined;
    if (what === undefined) continue;
    const sections = value.isList ? value.items() : [value];
    if (sections.some((each) => each.isObject && isOn(each)))
      losses.changing(value.line, `${key} decides on ${what}: keep that in the proxy`);
  }
}
