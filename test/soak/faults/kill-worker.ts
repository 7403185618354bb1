import { logged } from '../../support/logged.js';
import { children } from '../scene/process-tree.js';
import { count } from '../scene/scene.js';
import type { Fault } from './fault.js';

/** A worker process crashes, and the primary replaces it: only its own calls in flight are lost. */
export const killWorker: Fault = {
  name: 'kill-worker',
  claims: ['restless'],
  explains: ['worker_ended'],
  async strike(scene, random) {
    const { restless, interruptions } = scene;
    const victim = random.pick(children(restless.process.pid));
    const from = restless.process.lines.length;
    const end = interruptions.begin();
    process.kill(victim, 'SIGKILL');
    await logged(restless.process, 'worker_ended', from);
    end();
    await logged(restless.process, 'worker_serving', from);
    count(scene, 'workers killed');
  },
};
