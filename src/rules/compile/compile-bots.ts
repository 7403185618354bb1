import type { VerifiedBot } from '../../model/policy.js';
import type { KeyPath } from '../key-path.js';
import type { PolicyScope } from './policy-scope.js';

/**
 * The bots that can be verified. One without ranges is left out, with a warning: a user agent alone is anybody's to
 * send, so it exempts nobody.
 */
export function compileBots(
  names: readonly (string | undefined)[],
  path: KeyPath,
  { session, findings, silence }: PolicyScope,
): VerifiedBot[] {
  const bots: VerifiedBot[] = [];
  for (const [position, name] of names.entries()) {
    if (name === undefined) continue;
    const ranges = session.bots.get(name);
    if (ranges !== undefined) bots.push({ name, ranges });
    else if (!silence.has('bot-ranges-missing')) {
      const lack = session.bots.has(name) ? 'holds no address range' : 'is not in the directory of --bot-ranges';
      findings.warn('bot-ranges-missing', [...path, position], `${name}.json ${lack}, ${ADVICE}`);
    }
  }
  return bots;
}

const ADVICE =
  'so this bot is never verified; put the file there that its operator publishes, or silence bot-ranges-missing';
