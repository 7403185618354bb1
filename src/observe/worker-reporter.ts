import type { Logger } from './logger.js';

/** How a worker's process ended. */
interface WorkerEnd {
  readonly worker: number;
  readonly pid: number | undefined;
  readonly code: number | null;
  readonly signal: string | null;
}

/** Tells the log what becomes of the workers. */
export class WorkerReporter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** It gets connections. The first time, `ready` says so of all. */
  serving(worker: number, pid: number | undefined): void {
    this.#log.info('worker_serving', `worker ${worker} serves`, { worker, pid });
  }

  /** It ended, and nobody had told it to. */
  ended(end: WorkerEnd, restartMs: number): void {
    const { worker, code, signal } = end;
    const how = signal === null ? `with code ${code}` : `by ${signal}`;
    const next = restartMs === 0 ? 'at once' : `in ${restartMs} ms`;
    const message = `worker ${worker} ended ${how}; its calls in flight are lost, another takes its place ${next}`;
    this.#log.error('worker_ended', message, { ...end, restartMs });
  }

  /** It hung, and is replaced. */
  silent(worker: number, pid: number | undefined): void {
    const message = `worker ${worker} has said nothing for 10 seconds, and is replaced`;
    this.#log.error('worker_silent', message, { worker, pid });
  }

  /** It held up new rules, and is replaced. */
  late(worker: number, step: 'prepare' | 'switch', generation: number): void {
    const done = step === 'prepare' ? 'ready for' : 'deciding by';
    const message = `worker ${worker} was not ${done} the rules of generation ${generation} in time, and is replaced`;
    this.#log.error('worker_late', message, { worker, generation });
  }

  /** It could not be given the rules in force, and is replaced. */
  notInstalled(worker: number, problem: string): void {
    const message = `worker ${worker} could not be given the rules in force, and is replaced: ${problem}`;
    this.#log.error('worker_not_installed', message, { worker, problem });
  }
}
