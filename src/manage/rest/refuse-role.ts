import type { ManageSettings, Token } from '../settings/manage-settings.js';
import type { Problem } from './problem.js';

/** Why a token may change nothing; `undefined`: it may. */
export function refuseRole({ role }: Token, { readOnly }: ManageSettings): Problem | undefined {
  if (role === 'viewer') return { code: 'viewer', detail: 'this token reads only; a change takes one of role editor' };
  return readOnly
    ? { code: 'read_only', detail: 'the management settings allow no changes (readOnly: true)' }
    : undefined;
}
