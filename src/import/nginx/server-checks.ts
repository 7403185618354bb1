import { tellOfDetours } from './detours.js';
import { type Directive, headOf } from './directive.js';
import { inOrderOfChoice } from './location-order.js';
import { isRegex, type Location, locationsOf } from './locations.js';
import type { LossList } from './loss-list.js';
import { allOf, conditionOf, type PathCondition } from './path-condition.js';
import { isChecked } from './referer-rules.js';
import { type Check, readRewritePhase } from './rewrite-phase.js';
import { type RefererList, refererListOf } from './valid-referers.js';

/** The check that requests of a server or location go through. */
export interface ListedCheck extends Check {
  readonly list: RefererList;
}

/** Some requests of a server, the ones before it left aside, and their check; without one they pass. */
export interface Part {
  /** Without any key: all requests. */
  readonly condition: PathCondition;
  readonly at: Directive;
  readonly check: ListedCheck | undefined;
}

/**
 * How a server checks Referers, in order of precedence; nothing if it checks none.
 *
 * An `if` of the server itself runs before a location is chosen, for every request and with the server's list. nginx
 * computes `$invalid_referer` once, so that after such an `if` those of locations ask the value of the server's list.
 * An `if` of a location is not inherited by the locations inside of it; the list is.
 */
export function partsOf(at: Directive, directives: readonly Directive[], losses: LossList): readonly Part[] {
  const list = refererListOf(directives, undefined);
  const { check, asksReferer, answersAll } = readRewritePhase(directives, isChecked(list), losses);
  if (check !== undefined && list !== undefined) {
    tellOfUnused(directives, [list], losses);
    return [{ condition: {}, at, check: { ...check, list } }];
  }
  const locations = locationsOf(directives);
  // Without a list in force the value that stays is the empty one.
  const isSettled = answersAll || (asksReferer && !isChecked(list));
  const lists: ListOf = asksReferer ? (): RefererList | undefined => list : refererListOf;
  const checks = isSettled ? new Map<Location, ListedCheck>() : checksOf(locations, list, lists, losses);
  tellOfUnused(
    directives,
    [...checks.values()].map((each) => each.list),
    losses,
  );
  if (checks.size === 0) return [];
  tellOfUnchosen(locations, checks, losses);
  const parts = inOrderOfChoice(locations).map(({ location, condition }) => ({
    condition: allOf([condition]),
    at: location.at,
    check: checks.get(location),
  }));
  tellOfDetours(directives, parts, losses);
  return parts;
}

/** The list in force among directives, inside of where another is in force. */
type ListOf = (directives: readonly Directive[], outer: RefererList | undefined) => RefererList | undefined;

/** The checks of locations and of those inside of them. */
function checksOf(
  locations: readonly Location[],
  outer: RefererList | undefined,
  listOf: ListOf,
  losses: LossList,
): Map<Location, ListedCheck> {
  const checks = new Map<Location, ListedCheck>();
  for (const location of locations) {
    const list = listOf(location.directives, outer);
    const { check } = readRewritePhase(location.directives, isChecked(list), losses);
    if (check !== undefined && list !== undefined) checks.set(location, { ...check, list });
    for (const [inner, innerCheck] of checksOf(location.inner, list, listOf, losses)) checks.set(inner, innerCheck);
  }
  return checks;
}

/** Locations that no condition of `match` says. */
function tellOfUnchosen(
  locations: readonly Location[],
  checks: ReadonlyMap<Location, ListedCheck>,
  losses: LossList,
): void {
  for (const location of locations) {
    const condition = conditionOf(location);
    tellOfUnchosen(location.inner, checks, losses);
    if (!('problem' in condition)) continue;
    const message = `${headOf(location.at)}: ${condition.problem}`;
    if (!isRegex(location)) losses.harmless(location.at, `${message}; no request chooses it`);
    else if (checks.has(location)) losses.changing(location.at, `${message}; its requests are not checked`);
    else losses.changing(location.at, `${message}; its requests fall to other policies`);
  }
}

/** A `valid_referers` that no check looks at is a comment to nginx. */
function tellOfUnused(directives: readonly Directive[], lists: readonly RefererList[], losses: LossList): void {
  const used = new Set(lists.flatMap(({ sources }) => sources));
  for (const directive of directives) {
    if (directive.name === 'location') tellOfUnused(directive.block ?? [], lists, losses);
    if (directive.name !== 'valid_referers' || used.has(directive)) continue;
    losses.harmless(directive, 'valid_referers has no effect: no if ($invalid_referer) denies by it');
  }
}
