import { eventually } from '../../support/eventually.js';
import { exchange } from '../../support/http-exchange.js';
import { logged } from '../../support/logged.js';
import type { Instance } from '../scene/instance.js';
import type { Scene } from '../scene/scene.js';
import type { Fault } from './fault.js';
import { untilLaterRules } from './until.js';

const hour = 3_600;

/** The clock is set wrong by hours, forward or back, and set right again. */
export const jumpClock: Fault = {
  name: 'jump-clock',
  claims: ['clock'],
  // Signed calls are of the wrong time then.
  explains: ['manage_authentication_failed'],
  async strike(scene, random) {
    const { clock, hindrances, steady } = scene;
    const seconds = random.pick([-1, 1]) * random.integer(hour, 48 * hour);
    hindrances.add('jump-clock');
    clock.set(seconds);
    await untilClock(steady, (offset) => Math.abs(offset - seconds) < hour / 2);
    await goesOn(scene);
    clock.set(0);
    await untilClock(steady, (offset) => Math.abs(offset) < hour / 2);
    hindrances.delete('jump-clock');
    await goesOn(scene);
  },
};

/** Rules are reloaded, and lines that are written once in a while are written. */
async function goesOn(scene: Scene): Promise<void> {
  const { process } = scene.steady;
  await Promise.all([untilLaterRules(scene), logged(process, 'shadow_deny', process.lines.length)]);
}

/** Waits until an instance's clock is as far from the true time as is waited for, in seconds. */
async function untilClock({ admin }: Instance, isIt: (offset: number) => boolean): Promise<void> {
  await eventually(async () => {
    const { headers } = await exchange(admin, { path: '/healthz' });
    return (Date.parse(headers['date'] ?? '') - Date.now()) / 1_000;
  }, isIt);
}
