import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Asker } from './asker.js';

/** As many texts of one kind as somebody reads. */
const mostTexts = 20;

/** What became of all requests. */
export class Ledger {
  /** Answered requests by client. */
  readonly answered: Record<Asker['name'], number> = { envoy: 0, steady: 0, restless: 0 };
  /** Failed requests that nobody promised an answer to. */
  excused = 0;
  readonly latency: Readonly<Record<Asker['name'], RecordableHistogram>> = {
    envoy: createHistogram(),
    steady: createHistogram(),
    restless: createHistogram(),
  };
  readonly #wrong: string[] = [];
  readonly #failed: string[] = [];
  #wrongCount = 0;
  #failedCount = 0;

  get total(): number {
    return Object.values(this.answered).reduce((sum, each) => sum + each, 0);
  }

  /** Answers that no rules in force give: how many, and the first of them. */
  get wrong(): { readonly count: number; readonly first: readonly string[] } {
    return { count: this.#wrongCount, first: this.#wrong };
  }

  /** Requests without an answer that was promised: how many, and the first of them. */
  get failed(): { readonly count: number; readonly first: readonly string[] } {
    return { count: this.#failedCount, first: this.#failed };
  }

  answer(client: Asker['name'], ms: number): void {
    this.answered[client] += 1;
    this.latency[client].record(Math.max(Math.round(ms * 1_000), 1));
  }

  wrongAnswer(text: string): void {
    this.#wrongCount += 1;
    if (this.#wrong.length < mostTexts) this.#wrong.push(text);
  }

  failure(text: string): void {
    this.#failedCount += 1;
    if (this.#failed.length < mostTexts) this.#failed.push(text);
  }

  excuse(): void {
    this.excused += 1;
  }
}
