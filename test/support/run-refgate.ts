import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { fromRoot } from './paths.js';

/** What a command has beside its arguments. */
export interface RunOptions {
  /** Its standard input; without it, nothing to be read. */
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a command of refgate to its end, as a process of its own. */
export function runRefgate(args: readonly string[], options: RunOptions = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [fromRoot('dist/main.js'), ...args], { encoding: 'utf8', input: '', ...options });
}
