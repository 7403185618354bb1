import type { PolicySource } from '../../rules/validate/schema.js';
import { HostEntries } from '../host-entries.js';
import { everyHost, hostPatterns } from '../host-patterns.js';
import type { ImportedPolicy } from '../imported.js';
import type { JsonValue } from '../json/json-value.js';
import type { Losses } from '../losses.js';
import { redirectTo } from '../redirect-to.js';
import type { CdnFunction } from './find-functions.js';
import { COMMON_ARGUMENTS, isRefererFunction, REFERER_FUNCTIONS } from './referer-functions.js';

/**
 * The policy of one Referer list. `allow_empty` is off where it is not said, for white lists by the API reference and
 * for black lists by the console, whose box is not ticked; on means the same in both: the empty Referer passes.
 * `disable_ast` ("Exact Match") and `ignore_scheme` are refgate's `exact` and `ignoreScheme`.
 */
export function refererPolicy(list: CdnFunction, domains: readonly string[], losses: Losses): ImportedPolicy {
  tellUnknownArguments(list, losses);
  const exact = isOn(list.args.get('disable_ast'));
  const entries = readList(list, exact, losses);
  const hosts = hostPatterns(domains, list.line, losses);
  const policy: PolicySource = {
    name: domains[0] ?? 'alibaba-cdn',
    ...(hosts.length > 0 && { match: { hosts } }),
    referer: {
      ...(list.name === 'referer_white_list_set' ? { allow: entries } : { deny: entries }),
      empty: isOn(list.args.get('allow_empty')) ? 'allow' : 'deny',
      exact,
      ignoreScheme: isOn(list.args.get('ignore_scheme')),
    },
    ...redirectTo(list.args.get('redirect_url'), losses),
  };
  return { policy, comments: [`${list.name}, line ${list.line}`, ...(hosts.length > 0 ? [] : [everyHost])] };
}

function readList({ name, line, args }: CdnFunction, exact: boolean, losses: Losses): string[] {
  const listArgument = listArgumentOf(name);
  const given = args.get(listArgument);
  const entries = new HostEntries(exact, losses);
  if (given === undefined) losses.changing(line, `${name} has no ${listArgument}: taken for an empty list`);
  for (const written of given?.text().split(',') ?? []) {
    const entry = written.trim();
    if (entry.startsWith('.')) tellLeadingDot(entry, given?.line ?? line, losses);
    if (entry !== '') entries.add(entry.replace(/^\./, ''), given?.line ?? line, entry);
  }
  return entries.list;
}

function listArgumentOf(name: string): string {
  return isRefererFunction(name) ? REFERER_FUNCTIONS[name] : '';
}

/** "Do not add a period (.) to the left of a domain name": what an entry with one matches is not documented. */
function tellLeadingDot(entry: string, line: number, losses: Losses): void {
  losses.changing(line, `${entry} has a leading dot, which Alibaba CDN adds by itself: taken for ${entry.slice(1)}`);
}

function tellUnknownArguments({ name, args }: CdnFunction, losses: Losses): void {
  const known: readonly string[] = [listArgumentOf(name), ...COMMON_ARGUMENTS];
  for (const [argument, value] of args) {
    if (!known.includes(argument)) losses.changing(value.line, `${name}: unknown argument ${argument}`);
  }
}

/** An empty value is that of an argument which is not said. */
function isOn(value: JsonValue | undefined): boolean {
  return value !== undefined && value.text() !== '' && value.word('on', 'off') === 'on';
}
