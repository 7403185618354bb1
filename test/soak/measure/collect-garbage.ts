import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into refgate by `--import`: at SIGUSR2 it collects all garbage and says what is left, in a line like those of
 * the log, so that a leak is told from garbage that nobody has had reason to collect yet. Not into a file: that of an
 * instance whose disk is full could not be written.
 */
if (isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.stderr.write(`${JSON.stringify({ event: 'memory', rss, heapUsed, external })}\n`);
  });
}
