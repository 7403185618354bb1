import { REFERER_FUNCTIONS, type RefererFunction } from '../../import/cdn/referer-functions.js';
import type { PolicySource } from '../../rules/validate/schema.js';

/** A function as Describe tells of it. */
export interface DescribedList {
  readonly name: RefererFunction;
  /** Names and values of the arguments that are set. */
  readonly args: readonly (readonly [string, string])[];
}

const KEYS: Readonly<Record<RefererFunction, 'allow' | 'deny'>> = {
  referer_white_list_set: 'allow',
  referer_black_list_set: 'deny',
};

/**
 * The Referer lists that are set in a policy: one, or both where somebody wrote both by hand. What is written by hand and
 * has no word in this API, such as a list file, is left out.
 */
export function listsOfPolicy(policy: PolicySource | undefined): readonly DescribedList[] {
  const names = Object.keys(KEYS) as RefererFunction[];
  return names.flatMap((name) => {
    const entries = policy?.referer[KEYS[name]];
    // The lists of a bucket are not hosts.
    if (policy === undefined || entries === undefined || policy.referer.dialect === 'oss') return [];
    const hosts = entries.filter((entry) => typeof entry === 'string');
    return [{ name, args: [[REFERER_FUNCTIONS[name], hosts.join(',')], ...commonArguments(policy)] }];
  });
}

/** The policy without these lists; `undefined` where no list is left: the domain has no policy then. */
export function withoutLists(policy: PolicySource, names: readonly RefererFunction[]): PolicySource | undefined {
  const left = listsOfPolicy(policy).filter(({ name }) => !names.includes(name));
  if (left.length === 0) return undefined;
  const removed = new Set<string>(names.map((name) => KEYS[name]));
  const referer = Object.fromEntries(Object.entries(policy.referer).filter(([key]) => !removed.has(key)));
  return { ...policy, referer };
}

function commonArguments({ referer, onDeny }: PolicySource): (readonly [string, string])[] {
  return [
    ...(referer.empty === 'allow' || referer.empty === 'deny' ? [flag('allow_empty', referer.empty === 'allow')] : []),
    ...(onDeny?.redirect === undefined ? [] : [['redirect_url', onDeny.redirect] as const]),
    ...(referer.exact === undefined ? [] : [flag('disable_ast', referer.exact)]),
    ...(referer.ignoreScheme === undefined ? [] : [flag('ignore_scheme', referer.ignoreScheme)]),
  ];
}

function flag(name: string, isOn: boolean): readonly [string, string] {
  return [name, isOn ? 'on' : 'off'];
}
