import type { PolicySource } from '../../rules/validate/schema.js';
import { longestExpression } from '../regex/shapes.js';
import { LeftOut } from './left-out.js';
import { type PathExpression, type PathScope, pathScope } from './path-scope.js';
import type { Container } from './read-directives.js';

/** An expression on paths, and where it stands. */
export interface PathCondition extends PathExpression {
  /** From 1. */
  readonly line: number;
}

type Match = Pick<NonNullable<PolicySource['match']>, 'paths' | 'extensions'>;

/** The requests for which several expressions on the path hold. */
export function matchScope(conditions: readonly PathCondition[], line: number): Match {
  const scopes = conditions.map(readScope);
  const paths = scopes.filter((scope) => scope.paths !== undefined);
  const extensions = scopes.filter((scope) => scope.extensions !== undefined);
  if (paths.length > 1 || extensions.length > 1) throw new LeftOut(line, 'several conditions on the path must hold');
  return { ...paths[0], ...extensions[0] };
}

/** The paths that a rule spares, as patterns of `paths`. */
export function sparedPaths(conditions: readonly PathCondition[]): string[] {
  return conditions.flatMap((condition) => {
    const { paths, extensions } = readScope(condition);
    const patterns = paths ?? extensions?.map((extension) => `~*\\.${extension}$`);
    if (patterns === undefined) throw new LeftOut(condition.line, 'its condition on the path never holds');
    return patterns;
  });
}

function readScope(condition: PathCondition): PathScope {
  const scope = pathScope(condition);
  if (scope !== undefined) return scope;
  throw new LeftOut(condition.line, `the paths of ${condition.expression} cannot be written as patterns`);
}

/** `<FilesMatch "\.(gif|jpg)$">`, which is tried on the last segment of the path; other containers are not read. */
export function containerConditions(containers: readonly Container[], line: number): PathCondition[] {
  return containers.map((container) => {
    const [expression = ''] = container.args;
    const read = container.name === 'filesmatch' ? fileExpression(expression) : undefined;
    if (read === undefined) throw new LeftOut(line, `it stands in <${container.name}>`);
    return { ...read, isRelative: false, line: container.line };
  });
}

/** All names, and those that end in an extension: what stands before that would be read as a part of the path. */
function fileExpression(written: string): Pick<PathExpression, 'expression' | 'ignoreCase'> | undefined {
  if (written.length > longestExpression) return undefined;
  const insensitive = /^\(\?i(?:\)(.*)|:(.*)\))$/s.exec(written);
  const expression = (insensitive?.[1] ?? insensitive?.[2] ?? written).replace(/^\^?\(?\.[*+]\)?(?=\\\.|$)/, '');
  const isExtension = /^\\\.[^/^]*\$\)?$/.test(expression);
  return expression === '' || isExtension ? { expression, ignoreCase: insensitive !== null } : undefined;
}
