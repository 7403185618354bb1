import type { StartedProcess } from '../../../support/started-process.js';
import type { RunningPeer } from '../peer.js';

/** A server that has just been started. */
export interface Started {
  readonly process: StartedProcess;
  readonly address: string;
}

/**
 * A peer that reads its list at the start alone: a changed list comes into force by a restart.
 * `write` puts the list where `start` finds it.
 */
export async function restartedPeer(
  start: () => Promise<Started>,
  write: (names: readonly string[]) => void,
): Promise<RunningPeer> {
  let current = await start();
  return {
    get address() {
      return current.address;
    },
    get pid() {
      return current.process.pid;
    },
    prepare: async (names) => {
      write(names);
      return async () => {
        await current.process.stop('SIGKILL');
        current = await start();
      };
    },
    stop: async () => {
      await current.process.stop('SIGKILL');
    },
  };
}
