import { stat } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';

/** Shows how far a long run is. */
export interface Progress {
  update(bytes: number, lines: number): void;
  /** Takes it off the screen. */
  stop(): void;
}

const nothing: Progress = { update: () => {}, stop: () => {} };

/** A bar over the bytes of files, on stderr and only where that is a terminal; lines alone where a log is `-`. */
export async function startProgress(logs: readonly string[]): Promise<Progress> {
  if (!process.stderr.isTTY) return nothing;
  const total = logs.includes('-') ? undefined : await totalSize(logs);
  const share = '{bar} {percentage} %, {lines} lines, {eta_formatted} left';
  const bar = new SingleBar({
    format: total === undefined ? '{lines} lines' : share,
    clearOnComplete: true,
    barsize: 24,
    // Its default is to turn wrapping off in the terminal, which an interrupt would leave so.
    linewrap: true,
  });
  bar.start(total ?? 1, 0, { lines: '0' });
  return {
    update: (bytes, lines) => bar.update(total === undefined ? 0 : bytes, { lines: lines.toLocaleString('en') }),
    stop: () => bar.stop(),
  };
}

async function totalSize(logs: readonly string[]): Promise<number> {
  const sizes = await Promise.all(logs.map(async (log) => (await stat(log)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
