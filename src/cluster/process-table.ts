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
  #figures: ReadonlyMap<string, ProcessFigures> = new Map();

  /** As they are to be registered. */
  get metrics(): readonly ScrapedMetric[] {
    return this.#own.metrics.map((metric) => ({ ...metric, values: () => this.#values(metric.name) }));
  }

  /**
   * From now on tells the figures of these workers, and those that this process has now. By one assignment: of two who
   * ask at the same time none is to find the table of the other half filled.
   */
  async show(workers: readonly (readonly [worker: number, figures: ProcessFigures])[]): Promise<void> {
    const own = await this.#own.read();
    this.#figures = new Map([
      [primary, own],
      ...workers.map(([worker, figures]) => [String(worker), figures] as const),
    ]);
  }

  #values(name: string): ScrapedValue[] {
    return [...this.#figures].flatMap(([worker, figures]) =>
      (figures[name] ?? []).map((value) => ({ ...value, labels: { ...value.labels, worker } })),
    );
  }
}
