import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessFigures } from '../observe/process-figures.js';
import type { RulesImage } from '../rules/image/rules-image.js';
import { processTimers } from '../rules/reload/timers.js';
import type { Settings } from '../settings.js';
import type { QuestionProblems } from '../transport/admin/read-question.js';
import type { WorkerStatus } from '../transport/admin/status-report.js';
import type { Explanation } from '../transport/explanation.js';
import type { UrlRequest } from '../transport/request-from-url.js';
import { ConnectionShare } from './connection-share.js';
import type { StartWorker } from './forked-worker.js';
import { ImageStore } from './image-store.js';
import type { FromWorker, Question, SharedListenerName, ToWorker, WorkerCounts } from './messages.js';
import { Questions } from './questions.js';
import { type RolledOut, Rollout, type RolloutObserver } from './rollout.js';
import { Supervisor, type WorkerLoss } from './supervisor.js';
import { Watchdog } from './watchdog.js';
import type { WorkerSlot } from './worker-slot.js';

/** Who hears of the workers. */
export interface ClusterObserver extends Omit<RolloutObserver, 'serving'> {
  /** A whole line of a worker's log, with its line break. */
  line(line: string): void;
  lost(worker: WorkerSlot, loss: WorkerLoss): void;
  /** It hung, and has been ended. */
  silent(worker: WorkerSlot): void;
  serving(worker: WorkerSlot): void;
  counted(worker: WorkerSlot, counts: WorkerCounts): void;
  /** Its process is gone, for whatever reason. */
  gone(worker: WorkerSlot): void;
}

/** What a cluster is made with. */
export interface ClusterOptions {
  readonly settings: Settings;
  readonly start: StartWorker;
  readonly observer: ClusterObserver;
}

/** A worker that blocks for longer is asked in vain. */
const answerWithinMs = 1_000;

/** What a worker gets on top of its drain to tell its last counts and exit. */
const exitWithinMs = 500;

/** The workers as one: rules are put in force in all, connections are shared by all, and each can be asked. */
export class Cluster {
  readonly shares: Readonly<Record<SharedListenerName, ConnectionShare>> = {
    grpc: new ConnectionShare('grpc', processTimers),
    http: new ConnectionShare('http', processTimers),
  };
  readonly #observer: ClusterObserver;
  readonly #store = new ImageStore();
  readonly #supervisor: Supervisor;
  readonly #rollout: Rollout;
  readonly #watchdog: Watchdog;
  readonly #questions = new Questions(processTimers);
  #retired = false;

  constructor({ settings, start, observer }: ClusterOptions) {
    this.#observer = observer;
    const now = () => performance.now();
    this.#supervisor = new Supervisor({
      workers: settings.workers,
      settings,
      start,
      timers: processTimers,
      now,
      listener: {
        up: (worker) => this.#welcome(worker),
        message: (worker, message) => this.#hear(worker, message),
        line: (line) => observer.line(line),
        lost: (worker, loss) => observer.lost(worker, loss),
        gone: (worker) => this.#gone(worker),
      },
    });
    this.#watchdog = new Watchdog({
      workers: this.#supervisor.workers,
      timers: processTimers,
      now,
      onSilent: (worker) => this.#replaceSilent(worker),
    });
    this.#rollout = new Rollout({
      workers: this.#supervisor.workers,
      store: this.#store,
      timers: processTimers,
      now,
      observer: {
        late: (worker, step, generation) => observer.late(worker, step, generation),
        notInstalled: (worker, problem) => observer.notInstalled(worker, problem),
        missedRules: () => observer.missedRules(),
        serving: (worker) => this.#serves(worker),
      },
    });
  }

  /** Starts the workers. They are of use when the first rules are in force. */
  start(): void {
    void this.#store.removeLeftOvers();
    this.#supervisor.start();
    this.#watchdog.start();
  }

  /** Parts of lists that need not come with their content again. */
  get heldParts(): ReadonlySet<string> {
    return this.#store.held;
  }

  /** Workers that serve. */
  get serving(): readonly WorkerSlot[] {
    return this.#supervisor.serving;
  }

  get workers(): readonly WorkerStatus[] {
    return this.#supervisor.workers.map((worker) => ({
      id: worker.id,
      pid: worker.pid ?? null,
      state: worker.state,
      generation: worker.generation,
      connections: this.shares.grpc.connections(worker) + this.shares.http.connections(worker),
      restarts: worker.restarts,
    }));
  }

  /**
   * Puts rules in force in all workers.
   *
   * @throws {RolloutError} (as a rejection) when the workers cannot use them.
   * @throws {ImageStoreError} (as a rejection) when they cannot be written down for the workers.
   */
  publish(image: RulesImage, generation: number): Promise<RolledOut> {
    return this.#rollout.publish(image, generation);
  }

  /** How the rules in force answer; `undefined` when no worker can say. */
  async explain(request: UrlRequest): Promise<Explanation | QuestionProblems | undefined> {
    for (const worker of this.serving) {
      const explanation = await this.#questions.ask(worker, { kind: 'explain', request }, answerWithinMs);
      if (explanation !== undefined) return explanation;
    }
    return undefined;
  }

  /** Those of the policies that the rules in force have no more; none when no worker can say. */
  async gonePolicies(policies: readonly string[]): Promise<readonly string[]> {
    const [worker] = this.serving;
    if (worker === undefined || policies.length === 0) return [];
    return (await this.#answerOf(worker, { kind: 'gone', policies })) ?? [];
  }

  /**
   * What Node tells of the processes of the workers that serve; one that does not answer is left out. When this is
   * fulfilled, the others have told what they have counted up to now.
   */
  async figures(): Promise<readonly (readonly [worker: number, figures: ProcessFigures])[]> {
    const asked = this.serving.map(async (worker) => {
      const figures = await this.#answerOf(worker, { kind: 'figures' });
      return figures === undefined ? [] : [[worker.id, figures] as const];
    });
    return (await Promise.all(asked)).flat();
  }

  /** Goes on serving, but says that it ends. */
  retire(): void {
    this.#retired = true;
    this.#tellAll({ kind: 'retire' });
  }

  /** Answers what is in flight, cuts what is left after the deadline, and ends the workers. */
  async drain(deadlineMs: number): Promise<void> {
    this.#watchdog.stop();
    this.#supervisor.letEnd();
    this.#tellAll({ kind: 'drain', deadlineMs });
    const ended = this.#supervisor.ended();
    await Promise.race([ended, delay(deadlineMs + exitWithinMs)]);
    this.#supervisor.kill();
    await ended;
    await this.#store.close();
  }

  /** Ends the workers at once, and takes away what was on its way to them: for a process that is about to exit. */
  kill(): void {
    this.#watchdog.stop();
    this.#supervisor.kill();
    this.#store.removeNow();
  }

  /** Of what is done without where a worker fails, whether it does not answer or has a fault of its own. */
  #answerOf<Kind extends Question['kind']>(worker: WorkerSlot, about: Extract<Question, { readonly kind: Kind }>) {
    return this.#questions.ask<Kind>(worker, about, answerWithinMs).catch(() => undefined);
  }

  #tellAll(message: ToWorker): void {
    for (const worker of this.#supervisor.workers) worker.tell(message);
  }

  #welcome(worker: WorkerSlot): void {
    this.#watchdog.heard(worker);
    void this.#rollout.install(worker);
  }

  #replaceSilent(worker: WorkerSlot): void {
    this.#observer.silent(worker);
    worker.kill();
  }

  /** What a question was answered, or a rollout, hears who asked. */
  #hear(worker: WorkerSlot, message: FromWorker): void {
    this.#watchdog.heard(worker);
    if (message.kind === 'took') this.shares[message.listener].taken(worker, message.number);
    if (message.kind === 'ended') this.shares[message.listener].ended(worker, message.connections);
    if (message.kind === 'counted') this.#observer.counted(worker, message.counts);
  }

  #serves(worker: WorkerSlot): void {
    if (this.#retired) worker.tell({ kind: 'retire' });
    for (const share of Object.values(this.shares)) share.join(worker);
    this.#observer.serving(worker);
  }

  #gone(worker: WorkerSlot): void {
    for (const share of Object.values(this.shares)) share.leave(worker);
    this.#observer.gone(worker);
  }
}
