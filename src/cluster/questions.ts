import type { Timers } from '../rules/reload/timers.js';
import { Cutoff } from './cutoff.js';
import type { Answers, FromWorker, Question } from './messages.js';
import type { WorkerSlot } from './worker-slot.js';

/** Asks workers, and waits for their answers. */
export class Questions {
  readonly #timers: Timers;
  #asked = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /**
   * What the worker answers; `undefined` when it ends or is too busy to answer in time.
   *
   * @throws (as a rejection) an error when it answers by a fault of its own.
   */
  async ask<Kind extends Question['kind']>(
    worker: WorkerSlot,
    about: Extract<Question, { readonly kind: Kind }>,
    withinMs: number,
  ): Promise<Answers[Kind] | undefined> {
    const question = ++this.#asked;
    const cutoff = new Cutoff(withinMs, this.#timers);
    const heard = worker.hear((message) => replyTo(message, question));
    worker.tell({ kind: 'ask', question, about });
    const reply = await Promise.race([heard, cutoff.reached]);
    cutoff.cancel();
    if (reply?.kind === 'unanswered') throw new Error(`worker ${worker.id}: ${reply.problem}`);
    return reply?.answer as Answers[Kind] | undefined;
  }
}

function replyTo(message: FromWorker, question: number) {
  if (message.kind !== 'answer' && message.kind !== 'unanswered') return undefined;
  return message.question === question ? message : undefined;
}
