import type { Fault } from '../faults/fault.js';
import type { Instance } from '../scene/instance.js';

interface Line {
  readonly level?: string;
  readonly event?: string;
}

const severe = new Set(['warn', 'error', 'fatal']);

/** Lines that an instance should not have written: no JSON, or of a severity that no fault explains. */
export function unexplainedLines({ name, lives }: Instance, faults: readonly Fault[]): string[] {
  const explained = new Set(faults.flatMap(({ explains }) => explains));
  const lines = lives.flatMap((life) => life.lines);
  return lines.filter((line) => !isExplained(line, explained)).map((line) => `${name}: ${line}`);
}

function isExplained(line: string, explained: ReadonlySet<string>): boolean {
  if (!line.startsWith('{')) return false;
  const { level = '', event = '' } = JSON.parse(line) as Line;
  return !severe.has(level) || explained.has(event);
}
