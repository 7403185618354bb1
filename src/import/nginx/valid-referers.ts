import { type Directive, named } from './directive.js';

/** A word of a `valid_referers`, and the directive that it stands in. */
export interface RefererWord {
  readonly text: string;
  readonly at: Directive;
}

/** What `$invalid_referer` is computed from in one server or location. */
export interface RefererList {
  readonly none: boolean;
  readonly blocked: boolean;
  /** Names with and without wildcards and paths. */
  readonly names: readonly RefererWord[];
  /** With the tilde. */
  readonly regexes: readonly RefererWord[];
  /** Where the server's own names were asked for. */
  readonly serverNames: Directive | undefined;
  /** Where its regular expressions among them come from; unlike the other names, they are inherited. */
  readonly serverNameRegexes: Directive | undefined;
  /** The directives that it is made of. */
  readonly sources: readonly Directive[];
}

/**
 * The list in force among `directives`, merged as `ngx_http_referer_merge_conf` does. Without a `valid_referers` of its
 * own, a location has the list of what it stands in. With one, it has its own names, `none` and `blocked`; but regular
 * expressions are inherited as long as it has none itself.
 */
export function refererListOf(
  directives: readonly Directive[],
  outer: RefererList | undefined,
): RefererList | undefined {
  const sources = named(directives, 'valid_referers');
  const words = sources.flatMap((at) => at.args.map((text) => ({ text, at })));
  if (words.length === 0) return outer;
  const regexes = words.filter(({ text }) => text.startsWith('~'));
  const serverNames = words.find(({ text }) => text === 'server_names')?.at;
  return {
    none: words.some(({ text }) => text === 'none'),
    blocked: words.some(({ text }) => text === 'blocked'),
    names: words.filter(({ text }) => !KEYWORDS.has(text) && !text.startsWith('~')),
    regexes: regexes.length > 0 ? regexes : (outer?.regexes ?? []),
    serverNames,
    serverNameRegexes: serverNames ?? outer?.serverNameRegexes,
    sources: [...sources, ...(regexes.length > 0 ? [] : (outer?.regexes ?? []).map(({ at }) => at))],
  };
}

const KEYWORDS: ReadonlySet<string> = new Set(['none', 'blocked', 'server_names']);
