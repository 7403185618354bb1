import type { Socket } from 'node:net';
import type { SharedListenerName } from './messages.js';

/** Often enough to choose the worker with the fewest connections, seldom enough where each request has one of its own. */
const tellEveryMs = 50;

/** Tells how many connections have ended, those of a moment together. */
export class EndedConnections {
  readonly #tell: (listener: SharedListenerName, connections: number) => void;
  readonly #ended = new Map<SharedListenerName, number>();

  constructor(tell: (listener: SharedListenerName, connections: number) => void) {
    this.#tell = tell;
  }

  /** A connection whose end is to be told. */
  watch(listener: SharedListenerName, connection: Socket): void {
    if (connection.destroyed) this.count(listener);
    else connection.once('close', () => this.count(listener));
  }

  /** One has ended. */
  count(listener: SharedListenerName): void {
    if (this.#ended.size === 0) setTimeout(() => this.#flush(), tellEveryMs).unref();
    this.#ended.set(listener, (this.#ended.get(listener) ?? 0) + 1);
  }

  #flush(): void {
    for (const [listener, connections] of this.#ended) this.#tell(listener, connections);
    this.#ended.clear();
  }
}
