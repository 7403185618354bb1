import { createHash } from 'node:crypto';
import type { RefererFunction } from '../../import/cdn/referer-functions.js';
import type { Domain } from '../settings/manage-settings.js';

/** All of them are numbers that JSON and JavaScript hold exactly. */
const BITS = 52n;

/**
 * The identifier of a function of a domain. It is derived from their names, so that nothing needs to be stored: it stays
 * the same when the function is set anew, after a restart, and whatever becomes of other functions. Never 0, which
 * means "not configured" to clients.
 */
export function configId(domain: Domain, name: RefererFunction): number {
  const digest = createHash('sha256').update(`${domain.name}\0${name}`).digest();
  return Number(digest.readBigUInt64BE() >> (64n - BITS)) || 1;
}
