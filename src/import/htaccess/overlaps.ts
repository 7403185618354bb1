import type { PolicySource } from '../../rules/validate/schema.js';

type Match = NonNullable<PolicySource['match']>;

/** Two policies, by their positions, that may cover one request. */
export interface Overlap {
  readonly earlier: number;
  readonly later: number;
}

/** Each is compared with so many before it: nobody writes more rules by hand, and all pairs would be too many. */
const mostCompared = 100;

/** For each policy the first one before it that may cover a request of its own. */
export function overlaps(matches: readonly Match[]): Overlap[] {
  return matches.flatMap((match, later) => {
    const earlier = matches.slice(0, Math.min(later, mostCompared)).findIndex((each) => !areApart(each, match));
    return earlier < 0 ? [] : [{ earlier, later }];
  });
}

/** True where no request can be under both. */
function areApart(a: Match, b: Match): boolean {
  return (
    areDisjoint(extensionsOf(a), extensionsOf(b)) ||
    areDisjoint(a.methods, b.methods) ||
    areDisjoint(exactHosts(a), exactHosts(b))
  );
}

function areDisjoint(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a !== undefined && b !== undefined && !a.some((each) => b.includes(each));
}

/** Of paths too, where each ends in a whole one: `**.jpg`. */
function extensionsOf({ extensions, paths }: Match): readonly string[] | undefined {
  const ends = paths?.map((path) => /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase());
  return extensions ?? (ends?.every((end) => end !== undefined) === true ? ends : undefined);
}

function exactHosts({ hosts }: Match): readonly string[] | undefined {
  return hosts?.some((host) => host.startsWith('.')) === true ? undefined : hosts;
}
