/** How many of something may come at once, and how many a second after that. */
export interface ResetRate {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * What nghttp2 answers floods of resets with (CVE-2023-44487) when nobody tells it otherwise. Beyond it the connection
 * ends at once, and every call in flight on it is lost. Proxies reset a Check when their client goes away or their
 * timeout runs out, so a slow moment of a busy proxy reaches it.
 */
const builtIn: ResetRate = { burst: 1_000, perSecond: 33 };

/**
 * Of the 1,024 calls that Envoy has open at a time, each may run into its timeout of 200 ms five times in a second of
 * stall: 5,000. A flood is held to a fifth of the calls that one core answers.
 */
const chosen: ResetRate = { burst: 10_000, perSecond: 2_000 };

/** What nghttp2 takes from one connection here, and the options of `http2.createServer` that make it so. */
export interface ResetLimit {
  readonly rate: ResetRate;
  readonly options: { readonly streamResetBurst?: number; readonly streamResetRate?: number };
}

/** Node's HTTP/2 takes the limit as options since 22.10; in Node 20 it is fixed. */
export function resetLimit(nodeVersion: string): ResetLimit {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 10)) return { rate: builtIn, options: {} };
  return { rate: chosen, options: { streamResetBurst: chosen.burst, streamResetRate: chosen.perSecond } };
}
