import type { TextMatcher } from '../model/matchers.js';
import type { MatchConditions, ValueCondition } from '../model/policy.js';
import { extensionOf } from '../referer/normalise-target.js';
import { trimmed } from './read-referer.js';
import type { RequestFacts } from './request-facts.js';

/** Whether all that is given holds for the request. What is cheap and rules out most is asked first. */
export function conditionsHold(match: MatchConditions, facts: RequestFacts): boolean {
  const { request, normal } = facts;
  if (match.methods?.has(normal.method) === false) return false;
  if (match.schemes?.has(normal.scheme) === false) return false;
  if (match.extensions?.has(extensionOf(normal.path)) === false) return false;
  if (match.hosts?.covers(normal.host) === false) return false;
  if (match.paths?.matches(normal.path) === false) return false;
  if (match.clientIps?.has(request.clientIp) === false) return false;
  if (match.destinations !== undefined && !hasDestination(match.destinations, facts)) return false;
  return namedValuesHold(match, facts) && nestedHold(match, facts);
}

/** No header, as old browsers and apps send none, is no destination. */
function hasDestination(destinations: ReadonlySet<string>, { request }: RequestFacts): boolean {
  for (const value of request.headers.get('sec-fetch-dest') ?? noValues) {
    if (destinations.has(trimmed(value).toLowerCase())) return true;
  }
  return false;
}

function namedValuesHold({ headers, query, cookies }: MatchConditions, facts: RequestFacts): boolean {
  for (const condition of headers ?? noConditions) {
    if (!valueHolds(condition, facts.request.headers.get(condition.name))) return false;
  }
  for (const condition of query ?? noConditions) {
    if (!valueHolds(condition, facts.parameters.get(condition.name), asWritten)) return false;
  }
  for (const condition of cookies ?? noConditions) {
    if (!valueHolds(condition, facts.cookies.get(condition.name), asWritten)) return false;
  }
  return true;
}

/** White space around a header's value is no part of it (RFC 9110 §5.5); in a decoded parameter it is. */
function valueHolds(
  { expected }: ValueCondition,
  values: readonly string[] | undefined,
  read: (value: string) => string = trimmed,
): boolean {
  const isPresent = values !== undefined && values.length > 0;
  if (typeof expected === 'boolean') return expected === isPresent;
  return isPresent && someMatches(expected, values, read);
}

function someMatches(matcher: TextMatcher, values: readonly string[], read: (value: string) => string): boolean {
  for (const value of values) if (matcher.matches(read(value))) return true;
  return false;
}

function asWritten(value: string): string {
  return value;
}

function nestedHold({ all, any, not }: MatchConditions, facts: RequestFacts): boolean {
  for (const condition of all ?? noNested) if (!conditionsHold(condition, facts)) return false;
  if (any !== undefined && !someHolds(any, facts)) return false;
  return not === undefined || !conditionsHold(not, facts);
}

function someHolds(conditions: readonly MatchConditions[], facts: RequestFacts): boolean {
  for (const condition of conditions) if (conditionsHold(condition, facts)) return true;
  return false;
}

const noValues: readonly string[] = [];
const noConditions: readonly ValueCondition[] = [];
const noNested: readonly MatchConditions[] = [];
