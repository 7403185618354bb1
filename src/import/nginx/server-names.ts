import { parseHostPattern } from '../../referer/parse-host-pattern.js';
import { isProblem } from '../../referer/pattern-problem.js';
import { quote } from '../../rules/key-path.js';
import { wordsOf } from '../regex/shapes.js';
import { hasTopAlternatives } from '../regex/split-scheme.js';
import { type Directive, named } from './directive.js';
import type { LossList } from './loss-list.js';

/**
 * How nginx ranks names that match the same host (server_names documentation, "Wildcard names"): exact ones first, then
 * the longest that begins with an asterisk, then the longest that ends with one, then regular expressions.
 */
export type NameKind = 'exact' | 'head' | 'tail' | 'regex';

/** One name of a server. */
export interface ServerName {
  /** As nginx has it, in lower case. */
  readonly text: string;
  readonly kind: NameKind;
  /** In the grammar of `match.hosts`; none for a regular expression that has no such form. */
  readonly hosts: readonly string[];
}

/** Whether a name stands for a host: some are there because something has to be (`_`), or mean that Host is missing. */
export function namesHost(name: string): boolean {
  return !/^(?:_|-|--|"")?$/.test(name);
}

/** The names of all `server_name`s of a server, those aside that stand for no host. */
export function serverNamesOf(directives: readonly Directive[], losses: LossList): ServerName[] {
  return named(directives, 'server_name').flatMap((directive) =>
    directive.args.flatMap((text) => (namesHost(text) ? (readName(text, directive, losses) ?? []) : [])),
  );
}

function readName(written: string, at: Directive, losses: LossList): ServerName | undefined {
  if (written.startsWith('~')) return regexName(written, at, losses);
  if (written.includes('?')) {
    losses.harmless(at, `server_name ${quote(written)}: the question mark is no wildcard there, and in no host`);
    return undefined;
  }
  const text = written.toLowerCase();
  const kind = kindOf(text);
  const host = kind === 'tail' ? `${text.slice(0, -1)}**` : text;
  const pattern = parseHostPattern(host);
  if (!isProblem(pattern)) return { text, kind, hosts: [host] };
  losses.changing(at, `server_name ${quote(written)}: ${pattern.problem}; no policy covers this name`);
  return undefined;
}

function kindOf(text: string): NameKind {
  if (text.startsWith('*.') || text.startsWith('.')) return 'head';
  return text.endsWith('.*') ? 'tail' : 'exact';
}

function regexName(written: string, at: Directive, losses: LossList): ServerName {
  const hosts = hostsOfRegex(written.slice(1));
  if (hosts.length === 0) {
    losses.changing(
      at,
      `server_name ${quote(written)}: a regular expression cannot be told by hosts; write match.hosts yourself`,
    );
  }
  return { text: written, kind: 'regex', hosts };
}

/** What regular expressions write for the labels before a domain, and the wildcard that says the same. */
const LEADING_LABELS: readonly (readonly [RegExp, string])[] = [
  [/^(?:\^(?:\.[+*]|\((?:\?P?<\w+>)?\.[+*]\)))?\\\.(.*)\$$/, '*.'],
  [/^\^(?:\[\^\.\]\+|\((?:\?P?<\w+>)?\[\^\.\]\+\))\\\.(.*)\$$/, '?*.'],
  [/^\^(.*)\$$/, ''],
];

/**
 * Host patterns that match what a regular expression matches, where they can be told: `^(www\.)?example\.com$`, and
 * `^(?<user>.+)\.example\.com$` as `*.example.com`. Otherwise none.
 */
export function hostsOfRegex(pattern: string): readonly string[] {
  for (const [form, wildcard] of LEADING_LABELS) {
    const rest = form.exec(pattern)?.[1];
    if (rest === undefined || hasTopAlternatives(rest)) continue;
    const hosts = (wordsOf(rest) ?? []).map((name) => (wildcard + name).toLowerCase());
    return hosts.every((host) => !isProblem(parseHostPattern(host))) ? hosts : [];
  }
  return [];
}
