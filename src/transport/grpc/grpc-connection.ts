import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { RetirementReason } from '../../model/retirement-reason.js';
import { goawayNotice } from './goaway-notice.js';
import { ResetCount } from './reset-count.js';
import type { ResetRate } from './reset-limit.js';

/** What a connection is held to, and who is told. */
export interface GrpcConnectionTerms {
  /** Milliseconds; 0 for ever. */
  readonly ageMs: number;
  readonly resets: ResetRate;
  /** Time for the calls of a retired connection, in milliseconds. */
  readonly graceMs: number;
  /** It is retired, by itself. */
  onRetired(reason: RetirementReason): void;
  /** A call was reset before it had been answered. */
  onReset(): void;
}

/** One HTTP/2 connection of the gRPC listener, and how it ends. */
export class GrpcConnection {
  readonly #session: ServerHttp2Session;
  readonly #socket: Socket;
  readonly #terms: GrpcConnectionTerms;
  readonly #resets: ResetCount;
  #age: NodeJS.Timeout | undefined;
  #retired = false;

  /** @param socket what the session lies on; its own `session.socket` takes no bytes */
  constructor(session: ServerHttp2Session, socket: Socket, terms: GrpcConnectionTerms) {
    this.#session = session;
    this.#socket = socket;
    this.#terms = terms;
    this.#resets = new ResetCount(terms.resets, performance.now());
    session.on('stream', (stream) => this.#watch(stream));
    if (terms.ageMs === 0) return;
    this.#age = setTimeout(() => this.#retireFor('age'), terms.ageMs).unref();
    session.once('close', () => clearTimeout(this.#age));
  }

  /**
   * Asks the other side to connect anew and answers all that it sends until it has heard that, which is when it answers
   * a ping; then ends with the last call.
   */
  retire(): void {
    if (!this.#isOpen) return;
    this.#retired = true;
    this.#socket.write(goawayNotice);
    if (!this.#session.ping(() => this.#session.close())) this.#session.close();
    const cut = setTimeout(() => this.destroy(), this.#terms.graceMs).unref();
    this.#session.once('close', () => clearTimeout(cut));
  }

  /** Ends at once; calls in flight are lost. */
  destroy(): void {
    this.#session.destroy(undefined, constants.NGHTTP2_CANCEL);
  }

  #retireFor(reason: RetirementReason): void {
    if (!this.#isOpen) return;
    this.#terms.onRetired(reason);
    this.retire();
  }

  /** False: it is retired, or the other side has ended it. */
  get #isOpen(): boolean {
    const { closed, destroyed } = this.#session;
    return !this.#retired && !closed && !destroyed && this.#socket.writable;
  }

  #watch(stream: ServerHttp2Stream): void {
    stream.on('close', () => {
      // A connection that is gone takes its calls with it, which is no doing of theirs.
      if (stream.rstCode === constants.NGHTTP2_NO_ERROR || this.#session.destroyed) return;
      this.#terms.onReset();
      const verdict = this.#resets.add(performance.now());
      if (verdict !== 'nothing') this.#retireFor('resets');
      // Calls that are on their way are refused then, which proxies ask again for; nghttp2's end would lose them all.
      if (verdict === 'close') this.#session.close();
    });
  }
}
