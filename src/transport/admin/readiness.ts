/** What `/readyz` answers. */
export interface ReadinessReport {
  readonly status: 'ready' | 'not ready';
  /** Parts that are not up yet; empty when ready. */
  readonly waitingFor: readonly string[];
  /** True: the process is about to end, and should get no more requests. */
  readonly draining: boolean;
}

/**
 * Whether requests should be sent here: when every part has come up, and until the end begins.
 *
 * A part that is up stays up. A reload that fails takes nothing away, since the last good rules stay in force: an
 * unready service would have a typing mistake in a rule file take down every replica at once.
 */
export class Readiness {
  readonly #waitingFor: Set<string>;
  #draining = false;

  /** @param parts names for the report, such as `rules`, `grpc`, `http` */
  constructor(parts: readonly string[]) {
    this.#waitingFor = new Set(parts);
  }

  isUp(part: string): void {
    this.#waitingFor.delete(part);
  }

  drains(): void {
    this.#draining = true;
  }

  report(): ReadinessReport {
    const ready = this.#waitingFor.size === 0 && !this.#draining;
    return { status: ready ? 'ready' : 'not ready', waitingFor: [...this.#waitingFor], draining: this.#draining };
  }
}
