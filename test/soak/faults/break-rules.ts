import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { timelines } from '../rules/world.js';
import type { Fault } from './fault.js';
import { untilLaterRules, untilRejected } from './until.js';

const mistakes = [
  'policies: [',
  '',
  'policies: [{ name: broken, referer: { alow: [shop.example] } }]\n',
  'policies: [{ name: broken, referer: { allow: [{ file: lists/missing.txt }] } }]\n',
  'policies: [{ name: video, referer: {} }]\n',
] as const;

/** Somebody saves a rule file with a mistake, and mends it after a while. */
export const breakRules: Fault = {
  name: 'break-rules',
  claims: ['folder'],
  explains: ['rules_rejected'],
  async strike(scene, random) {
    const { dir, hindrances, world } = scene;
    hindrances.add('break-rules');
    dir.writeBeside('broken', random.pick(mistakes));
    await untilRejected(scene, () => dir.takeIn('broken', 'broken.yaml'));
    for (const timeline of timelines(world)) timeline.withhold();
    await pause(random.integer(0, 3_000));
    for (const timeline of timelines(world)) timeline.release();
    rmSync(dir.at('broken.yaml'));
    await untilLaterRules(scene);
    hindrances.delete('break-rules');
  },
};
