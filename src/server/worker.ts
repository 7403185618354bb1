import type { Socket } from 'node:net';
import { EndedConnections } from '../cluster/ended-connections.js';
import type { Answers, Question, SharedListenerName, ToWorker, WorkerCounts } from '../cluster/messages.js';
import { PrimaryLink } from '../cluster/primary-link.js';
import { WorkerRules } from '../cluster/worker-rules.js';
import { decide } from '../decide/decide.js';
import { messageOf } from '../model/message-of.js';
import { CallReporter } from '../observe/call-reporter.js';
import { CallTally } from '../observe/call-tally.js';
import { createLogger, standardOutput } from '../observe/logger.js';
import { ProcessGauge } from '../observe/process-figures.js';
import type { Settings } from '../settings.js';
import { explain } from '../transport/admin/explain.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import { seal } from './seal.js';
import { TakingPlane } from './taking-plane.js';

/** What a worker that dies may take with it of its counts. */
const countsEveryMs = 1_000;

/** For calls in flight when the primary is gone: whoever restarts the service is not to find old workers for long. */
const orphanDrainMs = 1_000;

/** Runs a worker until the primary ends it, or is gone. */
export function runWorker(link: PrimaryLink = new PrimaryLink()): void {
  let worker: Promise<Worker> | undefined;
  // Rules and connections come when the worker has said that it is up.
  link.listen({
    message: (message, connection) => {
      if (message.kind === 'start') worker = Worker.start(link, message);
      else void worker?.then((started) => started.hear(message, connection));
    },
    lost: () => {
      if (worker === undefined) process.exit(0);
      void worker.then((started) => started.end(orphanDrainMs));
    },
  });
}

/** Decides by the rules that the primary hands over, on the connections that it hands over. */
class Worker {
  readonly #link: PrimaryLink;
  readonly #rules: WorkerRules<GrpcRules>;
  readonly #tally: CallTally;
  readonly #plane: TakingPlane;
  readonly #process = new ProcessGauge();
  readonly #ended: EndedConnections;
  #retired = false;
  #end: Promise<void> | undefined;

  static async start(link: PrimaryLink, { worker, settings }: Extract<ToWorker, { kind: 'start' }>): Promise<Worker> {
    const tally = new CallTally();
    const reporter = new CallReporter(createLogger(settings.logLevel, standardOutput(), { worker }), tally);
    const rules = rulesOf(settings);
    const plane = await TakingPlane.create(settings, { current: () => rules.current as GrpcRules, reporter });
    const started = new Worker(link, { rules, tally, plane });
    link.tell({ kind: 'up' });
    return started;
  }

  private constructor(
    link: PrimaryLink,
    parts: { readonly rules: WorkerRules<GrpcRules>; readonly tally: CallTally; readonly plane: TakingPlane },
  ) {
    this.#link = link;
    this.#rules = parts.rules;
    this.#tally = parts.tally;
    this.#plane = parts.plane;
    this.#ended = new EndedConnections((listener, connections) => link.tell({ kind: 'ended', listener, connections }));
    setInterval(() => this.#tellCounts(), countsEveryMs);
  }

  hear(message: Exclude<ToWorker, { kind: 'start' }>, connection: Socket | undefined): void {
    switch (message.kind) {
      case 'connection':
        this.#take(message, connection);
        break;
      case 'prepare':
        void this.#prepare(message);
        break;
      case 'switch':
        this.#switch(message.rollout);
        break;
      case 'abandon':
        this.#rules.abandon(message.rollout);
        break;
      case 'ask':
        void this.#answer(message.question, message.about);
        break;
      case 'retire':
        this.#retire();
        break;
      case 'drain':
        void this.end(message.deadlineMs);
        break;
    }
  }

  /** Answers what is in flight, tells the last counts, and exits. */
  end(deadlineMs: number): Promise<void> {
    this.#end ??= this.#drainAndExit(deadlineMs);
    return this.#end;
  }

  #take({ listener, number }: { listener: SharedListenerName; number: number }, connection: Socket | undefined): void {
    if (connection === undefined) {
      this.#ended.count(listener);
    } else {
      this.#ended.watch(listener, connection);
      this.#plane.take(listener, connection);
    }
    this.#link.tell({ kind: 'took', listener, number });
  }

  async #prepare({ rollout, generation, files }: Extract<ToWorker, { kind: 'prepare' }>): Promise<void> {
    try {
      await this.#rules.prepare(rollout, generation, files);
      this.#link.tell({ kind: 'prepared', rollout });
    } catch (error) {
      const problem = messageOf(error);
      this.#link.tell({ kind: 'refused', rollout, problem });
    }
  }

  /** What was counted under the rules before is told first: the primary forgets policies that are gone. */
  #switch(rollout: number): void {
    const { snapshot } = this.#rules.switch(rollout);
    this.#tally.follow(snapshot.cache);
    this.#tellCounts();
    if (!this.#retired) this.#plane.setServing(true);
    this.#link.tell({ kind: 'switched', rollout });
  }

  async #answer(question: number, about: Question): Promise<void> {
    try {
      this.#link.tell({ kind: 'answer', question, answer: await this.#answerTo(about) });
    } catch (error) {
      this.#link.tell({
        kind: 'unanswered',
        question,
        problem: messageOf(error),
      });
    }
  }

  async #answerTo(about: Question): Promise<Answers[Question['kind']]> {
    switch (about.kind) {
      case 'explain':
        return explain((this.#rules.current as GrpcRules).snapshot, decide, about.request);
      case 'gone':
        return about.policies.filter((policy) => this.#rules.current?.snapshot.byName.has(policy) !== true);
      case 'figures':
        this.#tellCounts();
        return await this.#process.read();
    }
  }

  #retire(): void {
    this.#retired = true;
    this.#plane.setServing(false);
    this.#plane.retire();
  }

  async #drainAndExit(deadlineMs: number): Promise<void> {
    this.#retire();
    await this.#plane.drain(deadlineMs);
    await this.#link.tellLast({ kind: 'counted', counts: this.#counts() });
    process.exit(0);
  }

  #tellCounts(): void {
    this.#link.tell({ kind: 'counted', counts: this.#counts() });
  }

  #counts(): WorkerCounts {
    const cacheEntries = this.#rules.current?.snapshot.cache?.size ?? 0;
    return { ...this.#tally.take(), cacheEntries, openConnections: this.#tally.connections.open };
  }
}

function rulesOf(settings: Settings): WorkerRules<GrpcRules> {
  return new WorkerRules((rules, generation) => seal(rules, generation, settings));
}
