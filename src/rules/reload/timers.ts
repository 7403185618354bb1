/** Stops what was scheduled; harmless when it has already run. */
export type Cancel = () => void;

/** What the reload flow needs of time. Tests hand in timers that they turn by hand. */
export interface Timers {
  /** Runs `task` once, `ms` milliseconds from now. */
  after(ms: number, task: () => void): Cancel;
}

/** The timers of this process. None of them keeps it alive: a pending reload is no reason not to end. */
export const processTimers: Timers = {
  after(ms, task) {
    const timer = setTimeout(task, ms).unref();
    return () => clearTimeout(timer);
  },
};
