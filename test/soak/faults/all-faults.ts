import { abortCalls } from './abort-calls.js';
import { abortRequests } from './abort-requests.js';
import { breakRules } from './break-rules.js';
import type { Fault } from './fault.js';
import { fillDisk } from './fill-disk.js';
import { hideFolder } from './hide-folder.js';
import { jumpClock } from './jump-clock.js';
import { killWorker } from './kill-worker.js';
import { restartWithDrain } from './restart-with-drain.js';

const faults: readonly Fault[] = [
  abortCalls,
  abortRequests,
  breakRules,
  fillDisk,
  hideFolder,
  jumpClock,
  restartWithDrain,
  killWorker,
];

/** Those of the names, or all. Throws on a name that is none. */
export function chooseFaults(names: readonly string[] | undefined): readonly Fault[] {
  const known = faults.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`no fault "${unknown}"; there are ${known.join(', ')}`);
  return names === undefined ? faults : faults.filter(({ name }) => names.includes(name));
}
