import { readable } from '../regex/after-scheme.js';
import { asGlob, RUN, type Shape, shapesOf } from '../regex/shapes.js';
import { hasTopAlternatives } from '../regex/split-scheme.js';

/** The paths that an expression covers: `{}` is all of them. */
export type PathScope = { readonly extensions?: string[]; readonly paths?: string[] };

/** How an expression is tried. */
export interface PathExpression {
  readonly expression: string;
  readonly ignoreCase: boolean;
  /** True: on the path without its first slash, as `RewriteRule` does. */
  readonly isRelative: boolean;
}

/**
 * The requests whose path an expression covers, or `undefined`: as extensions, which have no case, as globs, which have
 * one, or as the expression itself. Where a file lies decides what `^/images/` means in a `RewriteRule`; it is taken
 * for `/images/`, as `^images/` is.
 */
export function pathScope(path: PathExpression): PathScope | undefined {
  const { expression, ignoreCase } = path;
  const shapes = shapesOf(expression)?.map(withoutSingleGaps) ?? [];
  if (shapes.some((shape) => shape === RUN)) return {};
  const extensions = shapes.map(extensionOf);
  if (ignoreCase && isComplete(extensions)) return { extensions: unique(extensions) };
  const globs = shapes.map(pathGlob);
  if (isComplete(globs) && !(ignoreCase && hasLetters(globs))) return { paths: unique(globs) };
  const regex = pathRegex(path);
  return regex === undefined ? undefined : { paths: [regex] };
}

/** A run with `.` beside it: that there is a character at all is true of all paths but `/`. */
function withoutSingleGaps(shape: Shape): Shape {
  return shape.replace(/[\u{f0001}\u{f0002}]{2,}/gu, (gaps) => (gaps.includes(RUN) ? RUN : gaps));
}

function extensionOf(shape: Shape): string | undefined {
  const extension = shape.startsWith(`${RUN}.`) ? shape.slice(RUN.length + 1) : '';
  return /^[a-z0-9_-]+$/i.test(extension) ? extension.toLowerCase() : undefined;
}

function pathGlob(shape: Shape): string | undefined {
  const glob = asGlob(shape, '**');
  if (glob === undefined || /\/\.{0,2}\/|\/\.{1,2}$/.test(glob)) return undefined;
  return glob.startsWith('/') || glob.startsWith('**') ? glob : `/${glob}`;
}

/** `^[0-9]+\.gif$` is `~^/[0-9]+\.gif$`, with `[NC]` `~*^/…`. */
function pathRegex({ expression, ignoreCase, isRelative }: PathExpression): string | undefined {
  if (isRelative && hasTopAlternatives(expression)) return undefined;
  const pattern = isRelative ? expression.replace(/^\^(?!\/)/, '^/') : expression;
  if ('problem' in readable(pattern) || /^\s/.test(pattern)) return undefined;
  return `${ignoreCase ? '~*' : '~'}${pattern}`;
}

function isComplete(texts: readonly (string | undefined)[]): texts is readonly string[] {
  return texts.length > 0 && texts.every((text) => text !== undefined);
}

function hasLetters(globs: readonly string[]): boolean {
  return globs.some((glob) => /\p{L}/u.test(glob));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
