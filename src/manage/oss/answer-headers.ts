/** What an answer needs to know of its call. */
export interface CallId {
  /** 24 hexadecimal digits. */
  readonly requestId: string;
  /** `performance.now()` when the call came. */
  readonly started: number;
}

/**
 * What every answer of the OSS API carries, beside the date and length of the listener. `server` says whose API is
 * spoken, as clients know it; `x-oss-server-time` is the time spent, in milliseconds.
 */
export function answerHeaders({ requestId, started }: CallId): Record<string, string> {
  const spent = Math.round(performance.now() - started);
  return { server: 'AliyunOSS', 'x-oss-request-id': requestId, 'x-oss-server-time': String(spent) };
}
