import type { ScrapedMetric, ScrapedValue } from './scraped-metric.js';

/** Upper bounds in seconds: a decision takes some µs, a collection of garbage some ms, an overload any time. */
const bounds = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1] as const;

/** Observations of one transport by bound, the last place for those above all bounds, as one process tells another. */
export interface TransportDurations {
  readonly transport: string;
  readonly counts: readonly number[];
  readonly sum: number;
}

interface Durations {
  /** Observations by the bound that they did not exceed; the last place for those above all bounds. */
  readonly counts: Float64Array;
  sum: number;
}

/** How long checks take, by transport. */
export class DurationHistogram implements ScrapedMetric {
  readonly name = 'refgate_check_duration_seconds';
  readonly help = 'Time from a complete authorization request to its encoded answer, in seconds, by transport.';
  readonly type = 'histogram';
  readonly #byTransport: ReadonlyMap<string, Durations>;

  /** Transports that are not named here are not counted. */
  constructor(transports: readonly string[]) {
    const empty = () => ({ counts: new Float64Array(bounds.length + 1), sum: 0 });
    this.#byTransport = new Map(transports.map((transport) => [transport, empty()]));
  }

  observe(transport: string, seconds: number): void {
    const durations = this.#byTransport.get(transport);
    if (durations === undefined) return;
    let place = 0;
    while (place < bounds.length && seconds > (bounds[place] as number)) place++;
    (durations.counts[place] as number)++;
    durations.sum += seconds;
  }

  /** Everything observed since the last call, which begins anew. */
  take(): TransportDurations[] {
    const taken: TransportDurations[] = [];
    for (const [transport, durations] of this.#byTransport) {
      const counts = Array.from(durations.counts);
      if (counts.some((count) => count > 0)) taken.push({ transport, counts, sum: durations.sum });
      durations.counts.fill(0);
      durations.sum = 0;
    }
    return taken;
  }

  /** Counts what another process has observed. */
  add(observed: readonly TransportDurations[]): void {
    for (const { transport, counts, sum } of observed) {
      const durations = this.#byTransport.get(transport);
      if (durations === undefined) continue;
      for (const [place, count] of counts.entries()) (durations.counts[place] as number) += count;
      durations.sum += sum;
    }
  }

  values(): ScrapedValue[] {
    return [...this.#byTransport].flatMap(([transport, durations]) => this.#lines(transport, durations));
  }

  /** A bucket counts everything up to its bound, those of the buckets below it included. */
  #lines(transport: string, { counts, sum }: Durations): ScrapedValue[] {
    const lines: ScrapedValue[] = [];
    let upTo = 0;
    counts.forEach((count, place) => {
      upTo += count;
      lines.push({
        metricName: `${this.name}_bucket`,
        labels: { le: bounds[place] ?? '+Inf', transport },
        value: upTo,
      });
    });
    lines.push({ metricName: `${this.name}_sum`, labels: { transport }, value: sum });
    lines.push({ metricName: `${this.name}_count`, labels: { transport }, value: upTo });
    return lines;
  }
}
