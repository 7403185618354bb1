import type { ConnectionShare } from '../cluster/connection-share.js';
import type { SharedListenerName } from '../cluster/messages.js';
import { type SharedListener, startSharedListener } from '../cluster/shared-listener.js';
import type { Settings } from '../settings.js';
import { bound } from './start-error.js';

/** The listeners that answer proxies, bound by the primary for all workers. */
export class SharedListeners {
  readonly #settings: Settings;
  readonly #shares: Readonly<Record<SharedListenerName, ConnectionShare>>;
  #grpc: SharedListener | undefined;
  #http: SharedListener | undefined;

  constructor(settings: Settings, shares: Readonly<Record<SharedListenerName, ConnectionShare>>) {
    this.#settings = settings;
    this.#shares = shares;
  }

  /** Where it is bound, with the real ports; `null`: off. */
  get addresses(): { readonly grpc: string | null; readonly http: string | null } {
    return { grpc: this.#grpc?.address ?? null, http: this.#http?.address ?? null };
  }

  /**
   * To be called when rules are in force.
   *
   * @throws {StartError} (as a rejection) when an address cannot be bound.
   */
  async start(): Promise<void> {
    const { grpcListen, httpListen } = this.#settings;
    const { grpc, http } = this.#shares;
    this.#grpc = await bound('grpcListen', grpcListen, (listen) => startSharedListener(listen, grpc));
    this.#http = await bound('httpListen', httpListen, (listen) => startSharedListener(listen, http));
  }

  /** Accepts no more; what has been accepted is handed over before this is fulfilled. */
  async close(): Promise<void> {
    await Promise.all([this.#grpc?.close(), this.#http?.close()]);
  }
}
