import { expect } from 'chai';
import { processTree } from '../scene/process-tree.js';
import { count } from '../scene/scene.js';
import type { Fault } from './fault.js';

/** docs/operations.md: the default of `--drain-seconds`, and at most 5 s more. */
const longestEndMs = 8_000;

/** An instance is ended by SIGTERM, to it alone or to all of its processes, and started anew at the same addresses. */
export const restartWithDrain: Fault = {
  name: 'restart-with-drain',
  // An instance that starts needs rules that can be loaded.
  claims: ['restless', 'folder'],
  explains: [],
  async strike(scene, random) {
    const { restless } = scene;
    const { process: ending } = restless;
    const pids = random.chance(0.5) ? processTree(ending.pid) : [ending.pid];
    const start = performance.now();
    for (const pid of pids) process.kill(pid, 'SIGTERM');
    expect(await ending.exited, 'exit code after SIGTERM').to.equal(0);
    expect(performance.now() - start, 'milliseconds from SIGTERM to the end').to.be.below(longestEndMs);
    await restless.startAgain();
    count(scene, 'restarts');
  },
};
