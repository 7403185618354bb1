import { LRUCache } from 'lru-cache';
import type { RequestLimits } from './request-limits.js';
import { subnetOf } from './subnet-of.js';
import { TokenBucket } from './token-bucket.js';

/** What the limits are, and the time. */
export interface LimitOptions {
  /** Of each key and token, as the settings have it now; 0: no limit. */
  readonly requestsPerSecond: () => number;
  /** Milliseconds on a clock that is never set back. */
  readonly now?: () => number;
}

/** Failed authentications of one address: a script with a wrong secret gets its answers, a guesser few tries. */
const failures = { burst: 200, perSecond: 20 } as const;

/** Addresses, and keys and tokens, that are remembered; the one that was quiet longest is forgotten first. */
const mostRemembered = 10_000;

/** Limits by token buckets in memory: the burst of a key is one second's worth. */
export class BucketLimits implements RequestLimits {
  readonly #requestsPerSecond: () => number;
  readonly #now: () => number;
  readonly #callers = new LRUCache<string, TokenBucket>({ max: mostRemembered });
  readonly #failures = new LRUCache<string, TokenBucket>({ max: mostRemembered });

  constructor({ requestsPerSecond, now = () => performance.now() }: LimitOptions) {
    this.#requestsPerSecond = requestsPerSecond;
    this.#now = now;
  }

  admit(kind: 'key' | 'token', name: string): boolean {
    const perSecond = this.#requestsPerSecond();
    return perSecond === 0 || this.#take(this.#callers, `${kind} ${name}`, { burst: perSecond, perSecond });
  }

  admitFailure(client: string): boolean {
    return this.#take(this.#failures, subnetOf(client), failures);
  }

  #take(buckets: LRUCache<string, TokenBucket>, name: string, rate: { burst: number; perSecond: number }): boolean {
    const now = this.#now();
    const known = buckets.get(name);
    if (known !== undefined) return known.take(rate, now);
    const fresh = new TokenBucket(rate.burst, now);
    buckets.set(name, fresh);
    return fresh.take(rate, now);
  }
}
