import { createSnapshot } from '../decide/snapshot.js';
import type { Action } from '../model/policy.js';
import type { Snapshot } from '../model/snapshot.js';
import { loadRules } from '../rules/load.js';
import { formatRuleError } from '../rules/rule-error.js';
import { exitCodes } from './exit-codes.js';

/** What decides the requests of a command that decides some. */
export interface RulesOptions {
  /** Folder of rule files. */
  readonly rules: string;
  /** Folder of the address ranges of bots. */
  readonly botRanges?: string;
  readonly defaultAction: Action;
}

/**
 * Loads rules for one run of a command. When they are not good, every error is told on stderr, and it ends so.
 *
 * @param cacheEntries 0 unless the command decides many requests
 */
export async function loadSnapshot(
  { rules, botRanges, defaultAction }: RulesOptions,
  cacheEntries = 0,
): Promise<Snapshot | { exitCode: number }> {
  // Given by an empty variable of the environment it is not given, as in `serve`.
  const loaded = await loadRules(rules, { botRanges: botRanges || undefined });
  if (loaded.ok) {
    return createSnapshot(loaded.rules, { generation: 1, defaultAction, shadow: false, cacheEntries });
  }
  for (const error of loaded.errors) console.error(formatRuleError(error));
  return { exitCode: loaded.reason === 'invalid' ? exitCodes.badRules : exitCodes.unreadable };
}
