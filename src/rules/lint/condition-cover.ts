import { compilePathGlobs } from '../../match/glob-list.js';
import type { PolicyDraft } from '../validate/validate.js';

type Match = NonNullable<PolicyDraft['match']>;

/**
 * The conditions of a policy beside its hosts, in a fixed order and one spelling, without those that always hold. Of
 * `values` one must hold, so fewer of them cover less; conditions that must hold together have keys of their own.
 */
export type Conditions = readonly (readonly [key: string, values: readonly string[]])[];

const LISTS = ['extensions', 'methods', 'schemes', 'clientIps', 'destinations'] as const;

export function conditionsOf(match: Match = {}): Conditions {
  const lists = LISTS.map((key) => [key, present(match[key])?.map((text) => text.trim().toLowerCase())] as const);
  return [
    ...pathsOf(match),
    ...lists.flatMap(([key, texts]) => (texts === undefined ? [] : [[key, texts] as const])),
    ...namedOf('headers', match.headers, (name) => name.toLowerCase()),
    ...namedOf('query', match.query),
    ...namedOf('cookies', match.cookies),
    ...nestedOf(match),
  ];
}

/** Whether every request that `inner` holds for is one that `outer` holds for, as far as that is plain. */
export function covers(outer: Conditions, inner: Conditions): boolean {
  return outer.every(([key, allowed]) => {
    const asked = inner.find(([other]) => other === key)?.[1];
    return asked?.every((text) => allowed.includes(text) || (key === 'paths' && isCoveredPath(text, allowed))) ?? false;
  });
}

function pathsOf(match: Match): Conditions {
  const paths = present(match.paths);
  return paths === undefined || paths.some(isEveryPath) ? [] : [['paths', paths]];
}

/** Each name is a condition of its own. A glob says two things: that there is a value, and what it is like. */
function namedOf(key: string, draft: Match['headers'], spell = (name: string) => name): Conditions {
  return Object.entries(draft ?? {}).flatMap(([name, expected]) => {
    const given = `${key} ${spell(name)}`;
    if (typeof expected !== 'string') return [[given, [String(expected)]] as const];
    return [[given, ['true']] as const, [`${given} like`, [expected]] as const];
  });
}

/** Conditions inside conditions cover those that are written alike, and no others. */
function nestedOf({ any, all, not }: Match): Conditions {
  return [
    ...(any ? [['any', any.map((branch) => JSON.stringify(branch))] as const] : []),
    ...(all ?? []).map((member) => [`all ${JSON.stringify(member)}`, []] as const),
    ...(not ? [[`not ${JSON.stringify(not)}`, []] as const] : []),
  ];
}

function present(texts: readonly (string | undefined)[] | undefined): readonly string[] | undefined {
  return texts?.filter((text) => text !== undefined);
}

function isEveryPath(glob: string): boolean {
  return glob === '/**' || glob === '**';
}

/** `/images/a.jpg` by any glob that matches it; `/images/a/*` by `/images/**`; a regular expression by itself alone. */
function isCoveredPath(glob: string, allowed: readonly string[]): boolean {
  if (glob.startsWith('~')) return false;
  if (!/[*?]/.test(glob)) return compilePathGlobs(allowed).matches(glob);
  return allowed.some((other) => /^[^*?]*\/\*\*$/.test(other) && glob.startsWith(other.slice(0, -2)));
}
