import type { AuditSource } from '../audit.js';
import type { Token } from '../settings/manage-settings.js';

/** The methods that change a policy, and what the audit log calls them. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['PUT', 'PutPolicy'],
  ['PATCH', 'PatchPolicy'],
  ['DELETE', 'DeletePolicy'],
]);

/** Whether a method changes a policy. */
export function isChange(method: string): boolean {
  return ACTIONS.has(method);
}

/** A change as the audit log knows it. `token`: `undefined` where none held. */
export function changeSource(method: string, token: Token | undefined, client: string): AuditSource {
  return { actor: token?.name, action: ACTIONS.get(method) ?? method, client };
}
