import type { Action } from '../model/policy.js';
import type { CompiledRules, Snapshot } from '../model/snapshot.js';
import { createDecisionCache } from './decision-cache.js';

/** What a snapshot holds beside the rules themselves. */
export interface SnapshotSettings {
  readonly generation: number;
  readonly defaultAction: Action;
  readonly shadow: boolean;
  /** Verdicts that the snapshot's cache holds at most; 0 for no cache. */
  readonly cacheEntries: number;
}

/** Seals compiled rules with the settings they are decided under, and a cache of their own. */
export function createSnapshot(rules: CompiledRules, settings: SnapshotSettings): Snapshot {
  return {
    ...rules,
    generation: settings.generation,
    loadedAt: new Date(),
    defaultAction: settings.defaultAction,
    shadow: settings.shadow,
    cache: createDecisionCache(settings.cacheEntries),
  };
}
