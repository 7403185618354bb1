import type { Socket } from 'node:net';
import type { Settings } from '../settings.js';
import { BackOff } from './back-off.js';
import type { StartWorker, WorkerEnd, WorkerProcess } from './forked-worker.js';
import type { FromWorker, ToWorker } from './messages.js';

/**
 * `starting`: its process boots or has no rules yet; `serving`: it gets connections; `waiting`: it ended and is started
 * again after a while; `ended`: it is not started again.
 */
export type WorkerState = 'starting' | 'serving' | 'waiting' | 'ended';

/** Who hears of a worker's life. */
export interface SlotListener {
  message(slot: WorkerSlot, message: FromWorker): void;
  line(line: string): void;
  /** Its process has ended. */
  ended(slot: WorkerSlot, end: WorkerEnd & { readonly pid: number | undefined; readonly livedMs: number }): void;
}

/** What a slot is made with. */
export interface SlotOptions {
  readonly settings: Settings;
  readonly start: StartWorker;
  readonly listener: SlotListener;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
}

/** The place of one worker: its number stays while processes come and go. */
export class WorkerSlot {
  readonly id: number;
  readonly backOff: BackOff = new BackOff();
  readonly #options: SlotOptions;
  readonly #waiting = new Set<(message: FromWorker | undefined) => boolean>();
  #process: WorkerProcess | undefined;
  #restarts = -1;
  state: WorkerState = 'starting';
  /** Of the rules that it decides by; 0 before it has any. */
  generation = 0;
  /** True: its process asked for rules. */
  isUp = false;

  constructor(id: number, options: SlotOptions) {
    this.id = id;
    this.#options = options;
  }

  /** Of the process that runs now. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** How often the process was replaced. */
  get restarts(): number {
    return Math.max(this.#restarts, 0);
  }

  /** Starts a process in this place. */
  start(): void {
    const { settings, start, listener, now } = this.#options;
    const startedAt = now();
    this.state = 'starting';
    this.#restarts++;
    const process = start({
      message: (message) => this.#hear(message),
      line: (line) => listener.line(line),
      ended: (end) => {
        this.#clear();
        listener.ended(this, { ...end, pid: process.pid, livedMs: now() - startedAt });
      },
    });
    this.#process = process;
    process.send({ kind: 'start', worker: this.id, settings });
  }

  tell(message: ToWorker): void {
    this.#process?.send(message);
  }

  share(message: ToWorker, socket: Socket): void {
    this.#process?.share(message, socket);
  }

  /** Ends the process at once; another takes its place, unless the service ends. */
  kill(): void {
    this.#process?.kill();
  }

  /** What `pick` finds in a message to come; `undefined` when the process ends before that. */
  hear<Found>(pick: (message: FromWorker) => Found | undefined): Promise<Found | undefined> {
    if (this.#process === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting.add((message) => {
        const found = message === undefined ? undefined : pick(message);
        if (message !== undefined && found === undefined) return false;
        resolve(found);
        return true;
      });
    });
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'up') this.isUp = true;
    for (const take of this.#waiting) {
      if (take(message)) this.#waiting.delete(take);
    }
    this.#options.listener.message(this, message);
  }

  #clear(): void {
    this.#process = undefined;
    this.isUp = false;
    this.generation = 0;
    for (const take of this.#waiting) take(undefined);
    this.#waiting.clear();
  }
}
