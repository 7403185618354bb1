import { ANY, RUN, shapesOf } from '../regex/shapes.js';
import { LeftOut } from './left-out.js';
import type { RewriteCondition } from './rewrite-rules.js';
import type { RuleDraft } from './rule-draft.js';

/** Adds conditions on the Referer, of which any one must hold, to what the rule denies. */
export function readRefererGroup(group: readonly RewriteCondition[], draft: RuleDraft): void {
  const comparison = group.find(({ pattern }) => isComparison(pattern));
  if (comparison !== undefined) {
    throw new LeftOut(comparison.line, `its condition ${comparison.pattern} is no expression and has no counterpart`);
  }
  const [only] = group;
  if (only !== undefined && group.length === 1 && isAnyText(only)) draft.sparesEmpty = true;
  else if (only !== undefined && group.length === 1 && only.isNegated) draft.allow.push(expressionOf(only));
  else readDenied(group, draft);
}

/** mod_rewrite's orders of texts and numbers, and its tests of files. */
function isComparison(pattern: string): boolean {
  return /^[<>]|^-(?:eq|ge|gt|le|lt|ne)|^-[dfFhHlLsUx]$/.test(pattern);
}

/** `evil\.example [OR]`, `^$`: each denies. */
function readDenied(group: readonly RewriteCondition[], draft: RuleDraft): void {
  const negated = group.find(({ isNegated }) => isNegated);
  if (negated !== undefined) {
    throw new LeftOut(
      negated.line,
      'with [OR] between them, conditions that begin with ! deny whoever fails one of them, which is nearly everybody; ' +
        'write the rule without [OR] if all of them shall pass',
    );
  }
  const line = group[0]?.line ?? 1;
  if (draft.deny !== undefined) throw new LeftOut(line, 'it denies Referers that are on two lists at once');
  draft.deny = [];
  for (const condition of group) {
    if (coversEmptyAlone(condition.pattern)) draft.deniesEmpty = true;
    else draft.deny.push(expressionOf(condition));
  }
}

function expressionOf({ pattern, ignoreCase, line }: RewriteCondition): RuleDraft['allow'][number] {
  return { expression: pattern, ignoreCase, line };
}

/** `!^$`, and `.` or `.+` without negation: there is a Referer. */
function isAnyText({ pattern, isNegated }: RewriteCondition): boolean {
  if (isNegated) return coversEmptyAlone(pattern);
  const anyText = [RUN + ANY + RUN, ANY + RUN, RUN + ANY];
  return shapesOf(pattern)?.every((shape) => anyText.includes(shape)) === true;
}

/** `^$`, and `^-?$`, since logs write a dash for a Referer that is not there. */
function coversEmptyAlone(pattern: string): boolean {
  if (pattern === '^\\s*$') return true;
  const shapes = shapesOf(pattern);
  return shapes?.includes('') === true && shapes.every((shape) => shape === '' || shape === '-');
}
