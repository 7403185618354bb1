import { quote } from '../../rules/key-path.js';
import type { Losses } from '../losses.js';
import { readable } from '../regex/after-scheme.js';
import { asGlob, RUN, type Shape, shapesOf } from '../regex/shapes.js';
import { splitScheme } from '../regex/split-scheme.js';
import { beginsAfterScheme } from './begins-after-scheme.js';

/** An expression that Apache tries on the whole Referer, anywhere in it unless it is anchored. */
export interface RefererExpression {
  readonly expression: string;
  readonly ignoreCase: boolean;
  readonly line: number;
}

/** The entries that stand for some expressions, and the dialect that they are written in. */
export interface RefererEntries {
  readonly dialect: 'host' | 'oss';
  readonly list: string[];
}

/**
 * Writes expressions as entries that cover the same Referers:
 * - all begin with `^https?://`: expressions on the text after `://`, in the host dialect;
 * - all are made of literals and gaps: texts of the oss dialect, which sees the whole Referer, scheme and all
 *   (`^http://(www\.)?a\.example` is `http://a.example` and `http://www.a.example`);
 * - otherwise the host dialect, with a loss for each that does not go into it as it is.
 */
export function refererEntries(given: readonly RefererExpression[], losses: Losses): RefererEntries {
  const expressions = given.filter((each) => !tellVariable(each, losses));
  const afterScheme = expressions.map((each) => hostEntry(each));
  if (afterScheme.every((entry) => entry !== undefined)) return { dialect: 'host', list: unique(afterScheme) };
  const texts = textEntries(expressions);
  if (texts !== undefined) return { dialect: 'oss', list: unique(texts) };
  const nearest = expressions.map((each, position) => afterScheme[position] ?? nearestEntry(each, losses));
  return { dialect: 'host', list: unique(nearest.filter((entry) => entry !== undefined)) };
}

/** Apache expands variables in what is tested, not in what it is tested against; LiteSpeed does in both. */
function tellVariable({ expression, line }: RefererExpression, losses: Losses): boolean {
  if (!/%\{[A-Z_:]+\}/i.test(expression)) return false;
  losses.changing(
    line,
    `${quote(expression)} holds a variable: left out; if the request's own host is meant, that is allowSelf: true`,
  );
  return true;
}

function unique(entries: readonly string[]): string[] {
  return [...new Set(entries)];
}

function hostEntry({ expression, ignoreCase }: RefererExpression): string | undefined {
  const split = splitScheme(expression);
  return split?.schemes === 'both' ? checkedRegex(`^${split.rest}`, ignoreCase) : undefined;
}

/**
 * Texts that a Referer begins with; `undefined` where one of the expressions is more than that. The oss dialect ignores
 * case always: browsers write schemes and hosts in lower case anyway.
 */
function textEntries(expressions: readonly RefererExpression[]): readonly string[] | undefined {
  const shapes = expressions.map(({ expression }) => shapesOf(withoutSlip(expression)));
  if (!shapes.every((each) => each !== undefined)) return undefined;
  const all = shapes.flat();
  const known = new Set(all);
  const entries = all.filter((shape) => !isPathless(shape, known)).map(textEntry);
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

/** `^http?://` covers `htt://` too, which no Referer begins with. */
function withoutSlip(expression: string): string {
  const split = splitScheme(expression);
  return split?.isSlip === true ? `^http://${split.rest}` : expression;
}

/** `http://a.example$` beside `http://a.example/`: a Referer without a path is not sent (RFC 9110 §10.1.3, WHATWG URL). */
function isPathless(shape: Shape, all: ReadonlySet<Shape>): boolean {
  return /^https?:\/\/[^/]+$/.test(shape) && all.has(`${shape}/${RUN}`);
}

function textEntry(shape: Shape): string | undefined {
  if (shape === RUN) return '*';
  const entry = shape.endsWith(RUN) ? asGlob(shape.slice(0, -RUN.length), '*') : undefined;
  // White space at the ends of an entry does not count.
  return entry === entry?.trim() ? entry : undefined;
}

/** What comes nearest in the host dialect, told as a loss where that is not the same. */
function nearestEntry({ expression, ignoreCase, line }: RefererExpression, losses: Losses): string | undefined {
  const split = splitScheme(expression);
  if (split !== undefined) {
    const entry = checkedRegex(`^${split.rest}`, ignoreCase);
    if (entry === undefined) return dropped(expression, line, losses);
    losses.changing(line, `${quote(expression)} takes ${split.schemes} alone; here it takes http and https`);
    return entry;
  }
  const entry = beginsAfterScheme(expression) ? checkedRegex(expression, ignoreCase) : undefined;
  return entry ?? dropped(expression, line, losses);
}

function dropped(expression: string, line: number, losses: Losses): undefined {
  losses.changing(line, `${quote(expression)} cannot be written as an entry: left out; write the hosts it means`);
}

function checkedRegex(expression: string, ignoreCase: boolean): string | undefined {
  const pattern = ignoreCase ? expression : `(?-i)${expression}`;
  return 'problem' in readable(pattern) ? undefined : `~${pattern}`;
}
