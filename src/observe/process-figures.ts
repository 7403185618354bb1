import { collectDefaultMetrics, Registry } from 'prom-client';
import type { ScrapedMetric, ScrapedValue } from './scraped-metric.js';

/** Node's own metrics of a process, by name. Plain values, so that they can be sent. */
export type ProcessFigures = Readonly<Record<string, readonly ScrapedValue[]>>;

/** What Node tells of this process: memory, processor time, event loop and garbage collections. */
export class ProcessGauge {
  readonly #registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** What `read` tells, without the values. */
  get metrics(): readonly Omit<ScrapedMetric, 'values'>[] {
    return this.#registry.getMetricsAsArray().map((metric) => {
      const { name, help, type } = metric as unknown as Omit<ScrapedMetric, 'values'>;
      return { name, help, type };
    });
  }

  /** Takes about a millisecond: to be called when somebody asks. */
  async read(): Promise<ProcessFigures> {
    const metrics = await this.#registry.getMetricsAsJSON();
    return Object.fromEntries(metrics.map(({ name, values }) => [name, values as unknown as readonly ScrapedValue[]]));
  }
}
