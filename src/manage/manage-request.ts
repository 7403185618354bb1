/** A request to the management listener, before anybody knows of which API it is. */
export interface ManageRequest {
  /** Upper case. */
  readonly method: string;
  /** As it came, percent-encoded and never normalised: `/bucket/`. */
  readonly rawPath: string;
  /** As it came, without the question mark; `''` where there is none. */
  readonly rawQuery: string;
  /** By name in lower case, every value that came, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Address of the other side of the connection. */
  readonly client: string;
  /** The body, read once and kept; `too-large` beyond the listener's limit. */
  body(): Promise<Buffer | 'too-large'>;
}

/** The one value of a header; `undefined` where there is none. Of several, joined as RFC 9110 §5.2 joins them. */
export function headerOf(request: ManageRequest, name: string): string | undefined {
  return request.headers.get(name)?.join(', ');
}
