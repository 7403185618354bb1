import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Delays of the event loop that a server reports, in milliseconds. */
export interface LoopDelays {
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** How often the loop is asked, which is part of what is reported. */
const RESOLUTION_MS = 1;

// Loaded by `--import` into the server under measurement, and by that into its threads, which are none of ours.
if (isMainThread) {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const delay = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  process.on('message', () => {
    const report: LoopDelays = {
      p99: delay(histogram.percentile(99)),
      p999: delay(histogram.percentile(99.9)),
      max: delay(histogram.max),
    };
    histogram.reset();
    process.send?.(report);
  });
  process.channel?.unref();
}
