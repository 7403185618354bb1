import type { Directive } from './directive.js';

/**
 * Whether a `rewrite` sends the client elsewhere (`ngx_http_rewrite`): by its flag, or since its replacement begins with
 * a scheme. Otherwise nginx goes on with the new path.
 */
export function isRedirect({ args }: Directive): boolean {
  const [, replacement = '', flag] = args;
  return /^(?:https?:\/\/|\$scheme)/.test(replacement) || flag === 'redirect' || flag === 'permanent';
}

/** Whether it ends the rewriting with the path that it makes. */
export function isFinal({ args }: Directive): boolean {
  return args[2] === 'last' || args[2] === 'break';
}
