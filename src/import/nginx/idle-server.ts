import { type Directive, named } from './directive.js';

/**
 * Whether a server answers everything by a `return`, as those do that send http to https or turn strangers away. There
 * is nothing of theirs to protect, and no policy has to keep others off: who is redirected comes back and is checked.
 */
export function isIdle(directives: readonly Directive[]): boolean {
  if (returns(directives)) return true;
  return named(directives, 'location').some(({ args, block = [] }) => args.join() === '/' && returns(block));
}

/** A redirect or an error; what is returned with 200 is content. */
function returns(directives: readonly Directive[]): boolean {
  return named(directives, 'return').some(({ args }) => !/^[12]\d\d$/.test(args[0] ?? ''));
}
