import { sameText } from './same-text.js';
import type { ManageSettings } from './settings/manage-settings.js';

/** Whether a client sends a secret as its id: id and secret are easily mixed up, and ids are written into logs. */
export function isSomeSecret(id: string, { accessKeys }: ManageSettings): boolean {
  return !accessKeys.has(id) && [...accessKeys.values()].some(({ secret }) => sameText(secret, id));
}

/** Why an id is unknown, as far as can be told: it may be nearly a known one. For the log. */
export function keyCause(id: string, settings: ManageSettings): string {
  if (isSomeSecret(id, settings)) {
    return 'the client sends a secret as the id of its access key: swap the two, and make a new secret, since this one went over the wire';
  }
  const plain = plainId(id);
  const near = [...settings.accessKeys.keys()].find((known) => plainId(known) === plain);
  if (near !== undefined) return `the settings know "${near}": ids are case-sensitive, and white space counts`;
  return 'the settings have no access key of this id: compare it with theirs, which are read again at SIGHUP only';
}

function plainId(id: string): string {
  return id.trim().toLowerCase();
}
