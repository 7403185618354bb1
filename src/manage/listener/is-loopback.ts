import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether only this machine reaches a bound address: `127.0.0.1:9194`, `[::1]:9194`, `unix:/run/refgate.sock`. */
export function isLoopback(address: string): boolean {
  if (address.startsWith('unix:')) return true;
  const host = address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback';
}
