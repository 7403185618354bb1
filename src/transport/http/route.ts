import type { Contract } from './contract.js';
import { envoyContract } from './envoy.js';
import { forwardContract } from './forward.js';
import { nginxContract } from './nginx.js';

/** A contract, and where under its path the call was made. */
export interface Route {
  readonly contract: Contract;
  /** What follows the contract's path, query included; `''` when nothing does. */
  readonly rest: string;
}

/**
 * The contract that a call is made under; `undefined` for any other path. The path is compared as written: decoding it
 * or resolving dots would let `/authz/envoy/../forward`, which a client can have Envoy ask, change the contract.
 */
export function routeOf(url: string): Route | undefined {
  if (isUnder(nginxContract.path, url)) return { contract: nginxContract, rest: '' };
  if (isUnder(forwardContract.path, url)) return { contract: forwardContract, rest: '' };
  const { path } = envoyContract;
  if (isUnder(path, url)) return { contract: envoyContract, rest: '' };
  return url.startsWith(`${path}/`) ? { contract: envoyContract, rest: url.slice(path.length) } : undefined;
}

/** True for the path itself, with whatever query: that belongs to the proxy's client and says nothing to us. */
function isUnder(path: string, url: string): boolean {
  return url.startsWith(path) && (url.length === path.length || url[path.length] === '?');
}
