import { Worker } from 'node:worker_threads';
import type { Answered, Asked, Questions, ThreadOptions } from './messages.js';
import { describeThreadEnd, RulesThreadError } from './thread-end.js';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: RulesThreadError) => void;
}

/**
 * Loads rules in a thread of their own, so that requests are answered meanwhile. The thread is started by the first
 * question, keeps what it knows from one to the next, and keeps no process alive while it has nothing to do. When it
 * dies, what was asked is rejected with a `RulesThreadError`, and the next question starts another one.
 */
export class RuleLoader {
  readonly #options: ThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #asked = 0;
  #isClosed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** Asks the thread. One question is answered after the other, in their order. */
  ask<K extends keyof Questions>(kind: K, question: Questions[K]['asks']): Promise<Questions[K]['says']> {
    if (this.#isClosed) return Promise.reject(new RulesThreadError('the service is ending'));
    this.#thread ??= this.#start();
    const thread = this.#thread;
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ id, kind, question } satisfies Asked<K>);
    });
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const thread = this.#thread;
    this.#end('the service is ending');
    await thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL('rules-thread.js', import.meta.url), {
      name: 'rules',
      workerData: this.#options,
    });
    const isOurs = (): boolean => this.#thread === thread;
    thread.on('message', (answered: Answered) => this.#answer(answered));
    thread.on('error', (error: unknown) => isOurs() && this.#end(describeThreadEnd(error)));
    thread.on('exit', (code) => isOurs() && this.#end(`its thread ended with the code ${code}`));
    return thread;
  }

  #answer({ id, answer }: Answered): void {
    this.#waiting.get(id)?.resolve(answer as never);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#thread?.unref();
  }

  #end(why: string): void {
    this.#thread = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new RulesThreadError(why));
  }
}
