/** An answer of the shim, ready to be written. */
export interface HttpAnswer {
  readonly status: number;
  /** Name and value in turn, values as Latin-1 text; without those that frame the message or end the connection. */
  readonly headers: readonly string[];
  /** Bytes, not text: Node would write the headers before a text in UTF-8, and so their Latin-1 bytes twice encoded. */
  readonly body: Buffer;
}

/** No answer of ours may be kept: it is the verdict on one request. */
export const noStore = ['cache-control', 'no-store'] as const;

/** For allows, and denies without a body. */
export const emptyBody: Buffer = Buffer.alloc(0);

/** A plain text of our own, for calls that describe no request. */
export function textAnswer(status: number, text: string, headers: readonly string[] = []): HttpAnswer {
  return {
    status,
    headers: ['content-type', 'text/plain; charset=utf-8', ...noStore, ...headers],
    body: Buffer.from(`${text}\n`),
  };
}
