import { normaliseTarget } from '../../referer/normalise-target.js';
import { coversPath } from './covers-path.js';
import { type Directive, headOf } from './directive.js';
import type { LossList } from './loss-list.js';
import { isRedirect } from './rewrite-directive.js';
import type { Part } from './server-checks.js';

/**
 * Tells of requests that nginx answers by another location than the one that their own path chooses: refgate is asked
 * about the path as the client sent it.
 */
export function tellOfDetours(ofServer: readonly Directive[], parts: readonly Part[], losses: LossList): void {
  for (const directive of withConditions(ofServer).filter(rewritesWithin)) {
    losses.changing(
      directive,
      `${headOf(directive)}: nginx chooses the location by the new path; here the old one counts`,
    );
  }
  for (const { at, check } of parts) {
    // Where `$invalid_referer` has been asked once, its value stays.
    if (check === undefined) tellOfLocation(at, parts, losses);
  }
}

function tellOfLocation(location: Directive, parts: readonly Part[], losses: LossList): void {
  for (const directive of withConditions(location.block ?? [])) {
    const path = targetOf(directive);
    if (path === undefined || parts.find(({ condition }) => coversPath(condition, path))?.check === undefined) continue;
    losses.changing(
      directive,
      `${headOf(directive)}: nginx goes on with a path that it checks; here the old path counts`,
    );
  }
}

/** The directives of a block, those in its `if`s among them. */
function withConditions(directives: readonly Directive[]): Directive[] {
  return directives.flatMap((directive) => (directive.name === 'if' ? [...(directive.block ?? [])] : [directive]));
}

/** Where nginx goes on within itself: the last resort of `try_files`, or a rewritten path. */
function targetOf(directive: Directive): string | undefined {
  const target = directive.name === 'try_files' ? directive.args.at(-1) : rewritesPath(directive) && directive.args[1];
  if (typeof target !== 'string' || !target.startsWith('/')) return undefined;
  // What a variable stands for is not known; mostly it is a part of the path that leads elsewhere.
  return normaliseTarget(target.replace(/\$(?:\w+|\{\w+\})/g, '')).path;
}

/** A `rewrite` that does not stay in its location. */
function rewritesPath(directive: Directive): boolean {
  return rewritesWithin(directive) && directive.args[2] !== 'break';
}

/** A `rewrite` that is no redirect. In a server it counts with `break` too: the location is chosen afterwards. */
function rewritesWithin(directive: Directive): boolean {
  return directive.name === 'rewrite' && !isRedirect(directive);
}
