import type { Role } from './manage-settings.js';

/** What is said of a name itself counts, be it less than what is said of every one; `undefined`: no right at all. */
export function roleFor(name: string, rights: ReadonlyMap<string, Role>): Role | undefined {
  return rights.get(name) ?? rights.get('*');
}
