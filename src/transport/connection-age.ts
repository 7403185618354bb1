/** A tenth more or less, so that connections that were opened together (a proxy's restart) do not all end together. */
const jitter = 0.1;

/**
 * How long a connection that begins now is kept, in milliseconds; 0 for ever.
 *
 * @param fraction what chance has chosen, from 0 to 1
 */
export function connectionAgeMs(maxAgeSeconds: number, fraction = Math.random()): number {
  return maxAgeSeconds * 1_000 * (1 + jitter * (2 * fraction - 1));
}
