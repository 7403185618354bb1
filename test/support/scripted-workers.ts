import type { Socket } from 'node:net';
import type { WorkerEnd, WorkerListener, WorkerProcess } from '#refgate/cluster/forked-worker.js';
import type { FromWorker, ToWorker } from '#refgate/cluster/messages.js';

/** A worker's process as a test plays it. */
export class ScriptedWorker implements WorkerProcess {
  readonly pid: number;
  readonly told: ToWorker[] = [];
  readonly shared: Socket[] = [];
  isKilled = false;
  readonly #listener: WorkerListener;
  #heard: () => void = () => undefined;
  #next = this.#awaitNext();

  constructor(pid: number, listener: WorkerListener) {
    this.pid = pid;
    this.#listener = listener;
  }

  send(message: ToWorker): void {
    this.told.push(message);
    this.#heard();
    this.#next = this.#awaitNext();
  }

  share(message: ToWorker, socket: Socket): void {
    this.shared.push(socket);
    this.send(message);
  }

  /** As a real process does, it ends after the call. */
  kill(): void {
    this.isKilled = true;
    setImmediate(() => this.end({ code: null, signal: 'SIGKILL' }));
  }

  says(message: FromWorker): void {
    this.#listener.message(message);
  }

  end(end: WorkerEnd = { code: 1, signal: null }): void {
    this.#listener.ended(end);
  }

  /** The last message of this kind. */
  last<Kind extends ToWorker['kind']>(kind: Kind): Extract<ToWorker, { kind: Kind }> | undefined {
    return this.told.findLast((message): message is Extract<ToWorker, { kind: Kind }> => message.kind === kind);
  }

  /** The last message of this kind that is wanted, as soon as there is one. */
  async hears<Kind extends ToWorker['kind']>(
    kind: Kind,
    isWanted: (message: Extract<ToWorker, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<ToWorker, { kind: Kind }>> {
    for (;;) {
      const message = this.last(kind);
      if (message !== undefined && isWanted(message)) return message;
      await this.#next;
    }
  }

  #awaitNext(): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = resolve;
    });
  }
}

/** The processes that have been started, in order. */
export class ScriptedWorkers {
  readonly started: ScriptedWorker[] = [];

  readonly start = (listener: WorkerListener): WorkerProcess => {
    const worker = new ScriptedWorker(1_000 + this.started.length, listener);
    this.started.push(worker);
    return worker;
  };

  at(place: number): ScriptedWorker {
    const worker = this.started[place];
    if (worker === undefined) throw new Error(`only ${this.started.length} workers were started`);
    return worker;
  }
}
