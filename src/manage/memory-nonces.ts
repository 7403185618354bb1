import { createHash } from 'node:crypto';
import type { NonceStore } from './nonce-store.js';

/** What a store of nonces may hold, and the time. */
export interface NonceOptions {
  /** Nonces at a time: each takes some 60 bytes, so that a million are 60 MB. Default: 1,000,000. */
  readonly most?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Between two looks for expired nonces, in milliseconds: a look at a million takes some 20. */
const sweepEvery = 60_000;
const sweepWhenFullEvery = 1_000;

/** 96 of the 256 bits of the hash: enough that no two of a million nonces are ever taken for one. */
const digestBytes = 12;

/**
 * Nonces in the memory of this process, as digests of one size, whatever clients send. One that could still be replayed
 * is never forgotten for lack of room: then new ones are refused. They are forgotten when the process ends.
 */
export class MemoryNonces implements NonceStore {
  readonly #most: number;
  readonly #now: () => number;
  /** When each expires. */
  readonly #expiries = new Map<string, number>();
  #lastSweep: number;

  constructor({ most = 1_000_000, now = Date.now }: NonceOptions = {}) {
    this.#most = most;
    this.#now = now;
    this.#lastSweep = now();
  }

  /** Nonces that are held. */
  get size(): number {
    return this.#expiries.size;
  }

  take(accessKeyId: string, nonce: string, expires: Date): 'fresh' | 'used' | 'full' {
    const now = this.#now();
    const digest = digestOf(accessKeyId, nonce);
    if ((this.#expiries.get(digest) ?? Number.NEGATIVE_INFINITY) > now) return 'used';
    this.#sweepWhenDue(now);
    if (this.#expiries.size >= this.#most) return 'full';
    this.#expiries.set(digest, expires.getTime());
    return 'fresh';
  }

  #sweepWhenDue(now: number): void {
    const interval = this.#expiries.size >= this.#most ? sweepWhenFullEvery : sweepEvery;
    // A clock that was set back may be far behind the last look, and must not put off the next one until it is there.
    if (Math.abs(now - this.#lastSweep) < interval) return;
    this.#lastSweep = now;
    for (const [digest, expires] of this.#expiries) if (expires <= now) this.#expiries.delete(digest);
  }
}

/** No key id holds a NUL character, so no two pairs are one text. */
function digestOf(accessKeyId: string, nonce: string): string {
  const digest = createHash('sha256').update(`${accessKeyId}\0${nonce}`).digest();
  return digest.toString('latin1', 0, digestBytes);
}
