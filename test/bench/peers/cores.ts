import { cpus } from 'node:os';

const count = cpus().length;
if (count < 2) throw new Error('the bench needs two processors: one for the server, one for the load');

/** Which processors do what, as `taskset -c` takes them. */
export const cores = {
  /** A server, whatever it could use. */
  server: '0',
  /** refgate with several workers: all but the load generator's. */
  workers: count === 2 ? '0' : `0-${count - 2}`,
  /** The Envoy in front of a server: the generator's where there is no third. */
  envoy: String(Math.min(1, count - 1)),
  generator: String(count - 1),
};

/** How many workers refgate is given, and on how many processors they run. */
export const workerCount = Math.max(2, count - 1);
export const workerCores = Math.max(1, count - 1);
