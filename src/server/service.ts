import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observe/logger.js';
import type { Settings } from '../settings.js';
import type { ControlPlane } from './control-plane.js';
import type { LiveRules } from './live-rules.js';

/** A service that answers. */
export interface RunningServer {
  /** Reads the management settings and the rules anew, at once. */
  reload(): void;
  /**
   * Ends it without losing what is in flight: not ready, then `drainSeconds` of serving on, then connections end. Takes
   * at most 5 seconds more than that.
   */
  stop(): Promise<void>;
}

/** Why the service did not start: each text is one line that says what to do about it. */
export interface StartFailure {
  readonly problems: readonly string[];
}

/** What answers proxies: this process, or workers. */
export interface Answering {
  /** Where it is bound, with the real ports; `null`: off. */
  readonly addresses: { readonly grpc: string | null; readonly http: string | null };
  /** What can begin while the rules are read. */
  prepare(): void;
  /** To be called when rules are in force. Throws `StartError` (as a rejection) when an address cannot be bound. */
  start(): Promise<void>;
  /** All of the service is there. */
  serve(): void;
  /** Goes on serving, but says that it ends. */
  retire(): void;
  /** Answers what is in flight, and cuts what is left after the deadline. */
  drain(deadlineMs: number): Promise<void>;
}

/** What a service is made of, however many processes answer for it. */
export interface ServiceParts {
  readonly log: Logger;
  readonly control: ControlPlane;
  readonly rules: Pick<LiveRules<unknown>, 'start' | 'reload' | 'close' | 'forManagement'>;
  readonly answering: Answering;
}

/** After the drain: the time that calls in flight get, and then the rest. Together less than the 5 seconds promised. */
const forceAfterMs = 3_000;
const closeAfterMs = 1_000;

/** A service as one. `start` and `stop` are its two orders. */
export class Service implements RunningServer {
  readonly #settings: Settings;
  readonly #parts: ServiceParts;

  constructor(settings: Settings, parts: ServiceParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  /**
   * First what answers probes while rules load, then the rules, then the listeners that decide by them and the one that
   * changes them, and last the word that all of it is there.
   */
  async start(): Promise<void> {
    const { control, rules, answering, log } = this.#parts;
    await control.start();
    answering.prepare();
    await rules.start();
    control.readiness.isUp('rules');
    await answering.start();
    await control.startManagement(rules.forManagement);
    answering.serve();
    control.readiness.isUp('listeners');
    log.announce('ready', 'answering', {
      ...answering.addresses,
      ...control.addresses,
      generation: rules.forManagement.generation(),
      pid: process.pid,
      workers: this.#settings.workers,
    });
  }

  /**
   * First the word that it ends, then the time in which proxies hear of it, then the listeners that decide, and last
   * the rules and the admin port, so that probes are answered to the end.
   */
  async stop(): Promise<void> {
    const { control, answering, log } = this.#parts;
    const { drainSeconds } = this.#settings;
    log.info('draining', `serving on for ${drainSeconds} s, then ending`);
    control.retire();
    answering.retire();
    await delay(drainSeconds * 1_000);
    await this.#drain();
    await Promise.race([this.close(), delay(closeAfterMs)]);
    log.info('stopped', 'all connections have ended');
  }

  reload(): void {
    const { control, rules } = this.#parts;
    void control.reload().then(() => rules.reload());
  }

  /** Ends what has started, the last first. */
  async close(): Promise<void> {
    const { control, rules } = this.#parts;
    await this.#drain();
    await rules.close();
    await control.close(closeAfterMs);
  }

  async #drain(): Promise<void> {
    const { control, answering } = this.#parts;
    await Promise.all([answering.drain(forceAfterMs), control.drain(forceAfterMs)]);
  }
}
