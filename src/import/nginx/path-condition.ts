import { LIMITS } from '../../rules/limits.js';
import { extensionsOf } from './extension-regex.js';
import { isPrefix, isRegex, type Location } from './locations.js';
import { problemOfLength, problemOfRegex } from './regex-problem.js';

/** What the prefix `/` is as a glob. */
export const EVERY_PATH = '/**';

/** The part of a policy's `match` that speaks of paths. Without any key it covers every path. */
export interface PathCondition {
  paths?: string[];
  extensions?: string[];
  all?: PathCondition[];
  any?: PathCondition[];
  not?: PathCondition;
}

/**
 * What a location covers, its siblings left aside. nginx compares the same path that `match.paths` does: decoded, with
 * dot segments resolved and slashes merged.
 *
 * @returns the condition, or why there is none
 */
export function conditionOf(location: Location): PathCondition | { problem: string } {
  if (isRegex(location)) return regexCondition(location);
  if (location.text === '' && isPrefix(location)) return { paths: [EVERY_PATH] };
  if (!location.text.startsWith('/')) return { problem: 'every path begins with a slash' };
  if (/\/\.{0,2}\//.test(location.text)) return { problem: 'nginx resolves "//", "/./" and "/../" before it compares' };
  const pattern = isPrefix(location) ? prefixGlob(location.text) : exactGlob(location.text);
  return Buffer.byteLength(pattern) > LIMITS.patternBytes ? { problem: problemOfLength } : { paths: [pattern] };
}

function regexCondition({ modifier, text }: Location): PathCondition | { problem: string } {
  const ignoreCase = modifier === '~*';
  const extensions = ignoreCase ? extensionsOf(text) : undefined;
  if (extensions !== undefined) return { extensions: [...extensions] };
  const problem = problemOfRegex(text);
  return problem === undefined ? { paths: [`${modifier}${text}`] } : { problem };
}

/** `/img/` covers what begins with it, and `/img` covers `/imgx` too. */
function prefixGlob(text: string): string {
  return GLOB_CHARACTER.test(text) || DOTS_AT_END.test(text) ? `~^${escaped(text)}` : `${text}**`;
}

function exactGlob(text: string): string {
  return GLOB_CHARACTER.test(text) ? `~^${escaped(text)}$` : text;
}

/** A glob has no way to say that an asterisk is one. */
const GLOB_CHARACTER = /[*?]/;

/** As a glob, `/.**` and the like would be taken for a mistake. */
const DOTS_AT_END = /\/\.{1,2}$/;

function escaped(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/** A condition that holds where all of these do, as flat as can be: `match` nests four deep and no deeper. */
export function allOf(conditions: readonly PathCondition[]): PathCondition {
  const merged: PathCondition = {};
  const rest: PathCondition[] = [];
  for (const part of conditions.flatMap(partsOf)) {
    const isApart = Object.keys(part).every((key) => !(key in merged));
    if (isApart) Object.assign(merged, part);
    else rest.push(part);
  }
  return rest.length === 0 ? merged : { ...merged, all: rest };
}

/** The conditions that must hold together, but for the one that always does. */
function partsOf({ all = [], ...own }: PathCondition): readonly PathCondition[] {
  const { paths, ...others } = own;
  const needed = paths?.join() === EVERY_PATH ? others : own;
  return Object.keys(needed).length === 0 ? all : [needed, ...all];
}

/** A condition that holds where any of these does. There must be one. */
export function anyOf(conditions: readonly PathCondition[]): PathCondition {
  if (conditions.some((condition) => Object.keys(condition).length === 0)) return { paths: [EVERY_PATH] };
  const [first = {}] = conditions;
  if (conditions.length === 1) return first;
  const isSimple = conditions.every((condition) => Object.keys(condition).join() === 'paths');
  return isSimple ? { paths: conditions.flatMap(({ paths = [] }) => paths) } : { any: [...conditions] };
}
