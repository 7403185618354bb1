import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { LIMITS } from '../../rules/limits.js';

/** Whether a file holds these bytes (`undefined`: whether there is none), told before anybody else's turn. */
export function holds(path: string, content: Buffer | undefined): boolean {
  const found = readNow(path);
  return content === undefined ? found === undefined : found instanceof Buffer && found.equals(content);
}

/** As `readFileIfThere`, at once and without the reasons. O_NONBLOCK: a pipe of that name would hold everything up for ever. */
function readNow(path: string): Buffer | undefined | 'unreadable' {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= LIMITS.ruleFileBytes ? readFileSync(file) : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'unreadable';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
