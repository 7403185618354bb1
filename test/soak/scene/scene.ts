import type { Envoy } from '../../support/envoy.js';
import type { RulesDir } from '../../support/rules-dir.js';
import type { Interruptions } from '../load/interruptions.js';
import type { Ledger } from '../load/ledger.js';
import type { World } from '../rules/world.js';
import type { Instance } from './instance.js';
import type { MachineClock } from './machine-clock.js';

/** What faults befall, and what is known of it. */
export interface Scene {
  readonly dir: RulesDir;
  /** Never ends: rules are managed there, and its memory is measured. */
  readonly steady: Instance;
  /** Is restarted, and its workers are killed where it has any. */
  readonly restless: Instance;
  readonly envoy: Envoy;
  readonly clock: MachineClock;
  readonly world: World;
  readonly ledger: Ledger;
  readonly interruptions: Interruptions;
  /** What keeps changes of managed policies from being made at present: names of faults. */
  readonly hindrances: Set<string>;
  /** Numbers for the report, by what was counted. */
  readonly counts: Map<string, number>;
}

/** Adds to a number of the report. */
export function count({ counts }: Pick<Scene, 'counts'>, what: string, more = 1): void {
  counts.set(what, (counts.get(what) ?? 0) + more);
}
