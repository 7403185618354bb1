import type { StartedProcess } from './started-process.js';

/** A line of refgate's log. */
export interface LogLine {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Waits for a log line of the event; every line of the log must be JSON. */
export function logged(started: StartedProcess, event: string, from = 0): Promise<LogLine> {
  return started.waitFor((line) => {
    const parsed = JSON.parse(line) as LogLine;
    return parsed.event === event ? parsed : undefined;
  }, from);
}
