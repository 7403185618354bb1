import { readSettings, type Settings } from '../settings.js';
import { exitCodes } from './exit-codes.js';

/** `refgate serve`: runs until a signal ends it. What keeps it from starting is told on stderr, all at once. */
export async function serve(given: Parameters<typeof readSettings>[0]): Promise<number> {
  const read = readSettings(given, process.env);
  if ('problems' in read) {
    printProblems(read.problems);
    return exitCodes.usage;
  }
  const ended = endSignal();
  const reloads = new ReloadSignal();
  const server = await Promise.race([start(read.settings), ended]);
  if (server === undefined) return exitCodes.ok;
  if ('problems' in server) {
    printProblems(server.problems);
    return exitCodes.failure;
  }
  reloads.callFromNowOn(() => server.reload());
  await ended;
  await server.stop();
  return exitCodes.ok;
}

/** Loading the code of the listeners takes longer than most rules do, so signals are listened for before that. */
async function start(settings: Settings) {
  const { startServer } = await import('../server.js');
  return startServer(settings);
}

/**
 * SIGHUP, from the start on: unheard it would end the process. One that comes while rules are being loaded may be
 * about a file that has been read already, so it is made up for afterwards.
 */
class ReloadSignal {
  #missed = false;
  #reload = () => {
    this.#missed = true;
  };

  constructor() {
    process.on('SIGHUP', () => this.#reload());
  }

  callFromNowOn(reload: () => void): void {
    this.#reload = reload;
    if (this.#missed) reload();
  }
}

/** Fulfilled by the first SIGTERM or SIGINT. A second one says that nobody wants to wait, and ends the process. */
function endSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    const onSignal = () => {
      process.on('SIGTERM', endAtOnce);
      process.on('SIGINT', endAtOnce);
      resolve(undefined);
    };
    process.once('SIGTERM', onSignal);
    process.once('SIGINT', onSignal);
  });
}

function endAtOnce(): void {
  process.exit(exitCodes.ok);
}

function printProblems(problems: readonly string[]): void {
  for (const problem of problems) console.error(`error: ${problem}`);
}
