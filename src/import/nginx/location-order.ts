import { isPrefix, isRegex, type Location } from './locations.js';
import { allOf, anyOf, conditionOf, type PathCondition } from './path-condition.js';

/** A location, and when it is the one that nginx chooses, provided that no choice before it holds. */
export interface Choice {
  readonly location: Location;
  readonly condition: PathCondition;
}

/** Choices that keep nginx from asking the regular expressions further out, and those that do not. */
interface Choices {
  readonly strong: readonly Choice[];
  readonly weak: readonly Choice[];
}

/** A prefix location, with all that is asked more than once about it. */
interface Prefix extends Choice {
  readonly inner: Choices;
  /** Those beside it that begin with its text: where one of them matches, this is not the longest. */
  readonly longer: readonly Location[];
}

interface Level {
  readonly exact: readonly Choice[];
  /** The longest first. */
  readonly prefixes: readonly Prefix[];
  /** With what they hold inside. */
  readonly regexes: readonly Choice[];
}

/**
 * The locations of a server in an order in which the first whose condition holds is the one that nginx chooses
 * (`ngx_http_core_find_location`): `=`; then `^~` where it is the longest prefix that matches; then the regular
 * expressions in their order; then the other prefixes, the longest first.
 *
 * A `^~` counts only as the longest one: beside `^~ /a/` and `/a/b/`, the regular expressions are asked for `/a/b/c`.
 * What a location holds inside comes before it, and nginx asks outer regular expressions unless an inner `=` or regular
 * expression has matched.
 */
export function inOrderOfChoice(locations: readonly Location[]): readonly Choice[] {
  const { exact, prefixes, regexes } = levelOf(locations);
  return [
    ...exact,
    ...prefixes.flatMap(strongWithin),
    ...prefixes.filter(isCaret).flatMap((caret) => {
      const others = caret.longer.filter((location) => !isCaret({ location }));
      return weakWithin(caret).flatMap((choice) => outside(others, choice));
    }),
    ...regexes,
    ...prefixes.filter((prefix) => !isCaret(prefix)).flatMap(weakWithin),
  ];
}

/** The same for the locations inside of another, of which only some settle the matter. */
function innerChoices(locations: readonly Location[]): Choices {
  const { exact, prefixes, regexes } = levelOf(locations);
  const zones = prefixes.filter(isCaret).map(caretZone);
  const notInZone: PathCondition = zones.length === 0 ? {} : { not: anyOf(zones) };
  return {
    strong: [...exact, ...prefixes.flatMap(strongWithin), ...regexes.map((choice) => restricted(choice, notInZone))],
    weak: prefixes.flatMap(weakWithin),
  };
}

function levelOf(locations: readonly Location[]): Level {
  // What nginx can never choose must not shade what it does choose.
  const choices = locations.flatMap(choiceOf);
  const prefixes = choices
    .filter(({ location }) => isPrefix(location))
    .toSorted((one, other) => other.location.text.length - one.location.text.length);
  return {
    exact: choices.filter(({ location }) => location.modifier === '='),
    prefixes: prefixes.map((prefix, position) => ({
      ...prefix,
      inner: innerChoices(prefix.location.inner),
      longer: longerThan(prefix.location, prefixes.slice(0, position)),
    })),
    regexes: choices.filter(({ location }) => isRegex(location)).flatMap(withinRegex),
  };
}

function choiceOf(location: Location): Choice[] {
  const condition = conditionOf(location);
  return 'problem' in condition ? [] : [{ location, condition }];
}

function isCaret({ location }: Pick<Choice, 'location'>): boolean {
  return location.modifier === '^~';
}

/** Asked only where `prefix` is the longest at its level. */
function strongWithin(prefix: Prefix): Choice[] {
  return prefix.inner.strong.flatMap((choice) =>
    isRegex(choice.location) ? restricted(choice, reachOf(prefix, prefix.longer)) : outside(prefix.longer, choice),
  );
}

function weakWithin({ inner, location, condition }: Prefix): Choice[] {
  return [...inner.weak, { location, condition }];
}

function withinRegex(own: Choice): Choice[] {
  const { strong, weak } = innerChoices(own.location.inner);
  return [...[...strong, ...weak].map((choice) => restricted(choice, own.condition)), own];
}

function caretZone(caret: Prefix): PathCondition {
  return reachOf(
    caret,
    caret.longer.filter((location) => !isCaret({ location })),
  );
}

function reachOf({ condition }: Choice, except: readonly Location[]): PathCondition {
  return allOf([condition, notUnder(except)]);
}

function longerThan({ text }: Location, longerOnes: readonly Choice[]): Location[] {
  return longerOnes.map(({ location }) => location).filter((location) => location.text.startsWith(text));
}

function notUnder(prefixes: readonly Location[]): PathCondition {
  return prefixes.length === 0 ? {} : { not: anyOf(prefixes.flatMap(choiceOf).map(({ condition }) => condition)) };
}

/** A path or prefix, but for what is under one of these prefixes; none if that is all of it. */
function outside(prefixes: readonly Location[], choice: Choice): Choice[] {
  const { text, modifier } = choice.location;
  if (prefixes.some((prefix) => text.startsWith(prefix.text))) return [];
  if (modifier === '=') return [choice];
  return [restricted(choice, notUnder(prefixes.filter((prefix) => prefix.text.startsWith(text))))];
}

function restricted({ location, condition }: Choice, further: PathCondition): Choice {
  return { location, condition: allOf([condition, further]) };
}
