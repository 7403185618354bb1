import { type Directive, headOf } from './directive.js';
import type { LossList } from './loss-list.js';

const REFERER = /\$\{?(?:http_referer|invalid_referer)\b/;
const RAW_REFERER = /\$\{?http_referer\b/;

/** Directives by which a variable takes part in deciding; logs and headers to the origin do not. */
const DECIDING: ReadonlySet<string> = new Set(['if', 'set', 'map', 'return', 'rewrite', 'limit_req_zone', 'geo']);

/** Lua that can deny requests; what runs later, for logs and the headers of answers, cannot. */
const LUA = /^(?:server_rewrite|rewrite|access|content|set)_by_lua(?:_block)?$/;

/**
 * Tells of protections that are made without `valid_referers`: an `if ($http_referer ~ …)`, or a `map` of the Referer
 * whose variable something asks. They are too many in form to be carried over, and too important to be passed by.
 */
export function tellOfForeignChecks(root: readonly Directive[], losses: LossList): void {
  const asked = variablesAsked(root);
  for (const directive of walk(root)) {
    const { name, args } = directive;
    if ((name === 'if' || name === 'set') && args.some((arg) => RAW_REFERER.test(arg))) {
      losses.changing(
        directive,
        `${headOf(directive)}: decides by the text of the Referer; write it as entries of a policy`,
      );
    }
    if (LUA.test(name) && args.some((arg) => /referer/i.test(arg))) {
      losses.changing(
        directive,
        `${name}: its Lua speaks of the Referer, and is not read; write what it denies as rules`,
      );
    }
    if (name === 'map' && REFERER.test(args[0] ?? '') && asked.has((args[1] ?? '').slice(1))) {
      losses.changing(
        directive,
        `${headOf(directive)}: a map of the Referer; write what it denies as entries of a policy`,
      );
    }
  }
}

/** The names of all variables that decide something. */
function variablesAsked(root: readonly Directive[]): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const { name, args } of walk(root)) {
    if (!DECIDING.has(name)) continue;
    for (const [, variable = ''] of args.join(' ').matchAll(/\$\{?(\w+)/g)) {
      // The variable that a map sets decides nothing by that.
      if (name !== 'map' || args[1] !== `$${variable}`) asked.add(variable);
    }
  }
  return asked;
}

/** Tells of what makes nginx compare other paths than refgate does. */
export function tellOfOtherPaths(root: readonly Directive[], losses: LossList): void {
  for (const directive of walk(root)) {
    if (directive.name === 'merge_slashes' && directive.args[0] === 'off') {
      losses.changing(directive, 'merge_slashes off: here runs of slashes always count as one');
    }
  }
}

/** Tells of checks in locations that have no path. */
export function tellOfNamedLocations(root: readonly Directive[], losses: LossList): void {
  for (const directive of walk(root)) {
    const { name, args, block = [] } = directive;
    const isNamed = name === 'location' && args[0]?.startsWith('@') === true;
    if (isNamed && block.some((inner) => inner.name === 'if' && inner.args.some((arg) => REFERER.test(arg)))) {
      losses.changing(
        directive,
        `${headOf(directive)}: no request chooses it, but others are sent there; its check is left out`,
      );
    }
  }
}

function* walk(directives: readonly Directive[]): Generator<Directive> {
  for (const directive of directives) {
    yield directive;
    if (directive.block !== undefined) yield* walk(directive.block);
  }
}
