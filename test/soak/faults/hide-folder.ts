import { cpSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { RulesDir } from '../../support/rules-dir.js';
import { timelines } from '../rules/world.js';
import type { Fault } from './fault.js';
import { untilLaterRules, untilRejected } from './until.js';

/** The rule folder disappears (a mount, a deployment that goes wrong) and comes back: the same one, or a copy of it. */
export const hideFolder: Fault = {
  name: 'hide-folder',
  claims: ['folder'],
  explains: ['rules_rejected'],
  async strike(scene, random) {
    const { dir, hindrances, world } = scene;
    hindrances.add('hide-folder');
    await untilRejected(scene, () => renameSync(dir.path, dir.beside('away')));
    for (const timeline of timelines(world)) timeline.withhold();
    await pause(random.integer(0, 3_000));
    for (const timeline of timelines(world)) timeline.release();
    bringBack(dir, random.chance(0.5));
    // Edits go on from here, and changes of managed policies as soon as the rules can be loaded.
    hindrances.delete('hide-folder');
    hindrances.add('folder is back');
    await untilLaterRules(scene);
    hindrances.delete('folder is back');
  },
};

function bringBack(dir: RulesDir, asCopy: boolean): void {
  if (asCopy) {
    cpSync(dir.beside('away'), dir.beside('copy'), { recursive: true });
    rmSync(dir.beside('away'), { recursive: true });
    renameSync(dir.beside('copy'), dir.path);
  } else {
    renameSync(dir.beside('away'), dir.path);
  }
}
