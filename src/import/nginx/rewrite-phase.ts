import type { DenyAnswer } from './deny-answer.js';
import { readDenyBlock } from './deny-block.js';
import { type Directive, headOf } from './directive.js';
import type { LossList } from './loss-list.js';
import { isFinal, isRedirect } from './rewrite-directive.js';

/** What the directives of the rewrite module in one server or location make of `$invalid_referer`. */
export interface RewritePhase {
  /** The `if` that denies requests with an invalid Referer. */
  readonly check: Check | undefined;
  /** Whether the variable is computed here: nginx keeps its value for the rest of the request. */
  readonly asksReferer: boolean;
  /** Whether a `return` answers whatever comes this far. */
  readonly answersAll: boolean;
}

export interface Check {
  readonly at: Directive;
  readonly onDeny: DenyAnswer;
}

/**
 * Follows the directives in order, as nginx does: what stands behind a `return` is never run, and an `if` that answers
 * before the check keeps its requests from being checked.
 *
 * @param isChecked - whether a list is in force here; without one `$invalid_referer` is always empty
 */
export function readRewritePhase(directives: readonly Directive[], isChecked: boolean, losses: LossList): RewritePhase {
  const earlier: Directive[] = [];
  let asksReferer = false;
  for (const directive of directives) {
    if (endsPhase(directive)) return { check: undefined, asksReferer, answersAll: directive.name === 'return' };
    if (!mentionsInvalidReferer(directive)) {
      if (answersSome(directive)) earlier.push(directive);
      continue;
    }
    asksReferer = true;
    const onDeny = isChecked && holdsForInvalid(directive) ? readDenyBlock(directive.block ?? [], losses) : undefined;
    if (onDeny !== undefined) {
      for (const one of earlier) tellOfEarlier(one, losses);
      return { check: { at: directive, onDeny }, asksReferer, answersAll: false };
    }
    tellOfIdle(directive, isChecked, losses);
  }
  return { check: undefined, asksReferer, answersAll: false };
}

/** `return` and `break` of the server or location itself. */
function endsPhase({ name, block }: Directive): boolean {
  return block === undefined && (name === 'return' || name === 'break');
}

function mentionsInvalidReferer({ name, args }: Directive): boolean {
  return (name === 'if' || name === 'set') && args.some((arg) => /\$\{?invalid_referer\b/.test(arg));
}

const HOLDS_FOR_INVALID = /^\( ?\$invalid_referer(?: (?:= 1|!=|~\*? \^?1\$?))? ?\)$/;

/** `if ($invalid_referer)` in one of the forms that hold for `1` and not for the empty text. */
function holdsForInvalid({ name, args }: Directive): boolean {
  return name === 'if' && HOLDS_FOR_INVALID.test(args.filter((arg) => arg !== '').join(' '));
}

function answersSome(directive: Directive): boolean {
  const { name, args, block = [] } = directive;
  // A flag, whichever it is, ends the rewriting.
  if (name === 'rewrite') return args.length > 2 || isRedirect(directive);
  return name === 'if' && block.some((inner) => ANSWERS.has(inner.name));
}

const ANSWERS: ReadonlySet<string> = new Set(['return', 'rewrite', 'break']);

/** Who is answered with a redirect or an error gets nothing to steal; who is let by gets the file unchecked. */
function tellOfEarlier(directive: Directive, losses: LossList): void {
  const message = `${headOf(directive)}: nginx answers these requests before it looks at the Referer; here they are checked`;
  if (servesContent(directive)) losses.changing(directive, message);
  else losses.harmless(directive, message);
}

function servesContent(directive: Directive): boolean {
  const { name, args, block = [] } = directive;
  if (name === 'if') return block.some(servesContent);
  if (name === 'break') return true;
  if (name === 'return') return /^2/.test(args[0] ?? '');
  return name === 'rewrite' && isFinal(directive);
}

function tellOfIdle(directive: Directive, isChecked: boolean, losses: LossList): void {
  const head = headOf(directive);
  if (!isChecked) losses.harmless(directive, `${head} never holds, since no valid_referers is in force here`);
  else if (holdsForInvalid(directive)) losses.harmless(directive, `${head} denies nothing; it is left out`);
  else losses.changing(directive, `${head}: only if ($invalid_referer) by itself is understood`);
}
