import { type ProcessFigures, ProcessGauge } from '../observe/process-figures.js';
import type { ScrapedMetric, ScrapedValue } from '../observe/scraped-metric.js';

/** The label of the primary, where workers have their number. */
const primary = 'primary';

/**
 * Node's own metrics of all processes, told apart by the label `worker`: a memory leak or a blocked event loop of one
 * would be lost in a sum. They are those of a process, and begin anew when it is replaced.
 */
export class ProcessTable {
  readonly #own = new ProcessGauge();
  readonly #figures = new Map<string, ProcessFigures>();

  /** As they are to be registered. */
  get metrics(): readonly ScrapedMetric[] {
    return this.#own.metrics.map((metric) => ({ ...metric, values: () => this.#values(metric.name) }));
  }

  /** Reads those of this process, and forgets the others. */
  async begin(): Promise<void> {
    this.#figures.clear();
    this.#figures.set(primary, await this.#own.read());
  }

  add(worker: number, figures: ProcessFigures): void {
    this.#figures.set(String(worker), figures);
  }

  #values(name: string): ScrapedValue[] {
    return [...this.#figures].flatMap(([worker, figures]) =>
      (figures[name] ?? []).map((value) => ({ ...value, labels: { ...value.labels, worker } })),
    );
  }
}
