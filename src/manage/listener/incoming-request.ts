import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress } from '../client-address.js';
import type { ManageRequest } from '../manage-request.js';
import { originForm } from '../origin-form.js';

/** How the body of a request is read. */
export interface BodyReading {
  /** A body of more bytes is `too-large`. */
  readonly bodyBytes: number;
  /** True: the client waits for "100 Continue" before it sends the body. */
  readonly expectsContinue: boolean;
}

/** A request as Node read it, for APIs that see nothing of Node. */
export class IncomingRequest implements ManageRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly client: string;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #reading: BodyReading;
  #body: Promise<Buffer | 'too-large'> | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, reading: BodyReading) {
    this.#request = request;
    this.#response = response;
    this.#reading = reading;
    this.method = request.method ?? '';
    const target = originForm(request.url ?? '');
    const question = target.indexOf('?');
    this.rawPath = question === -1 ? target : target.slice(0, question);
    this.rawQuery = question === -1 ? '' : target.slice(question + 1);
    this.headers = collect(request.rawHeaders);
    this.client = clientAddress(request);
  }

  /**
   * True once a client that expects "100 Continue" may send its body. Before, nothing of it will come.
   */
  get isBodyAskedFor(): boolean {
    return !this.#reading.expectsContinue || this.#body !== undefined;
  }

  body(): Promise<Buffer | 'too-large'> {
    this.#body ??= this.#read();
    return this.#body;
  }

  /** What is told to be too large is not asked for. */
  #read(): Promise<Buffer | 'too-large'> {
    const { expectsContinue, bodyBytes } = this.#reading;
    if (Number(this.#request.headers['content-length'] ?? 0) > bodyBytes) return Promise.resolve('too-large');
    if (expectsContinue) this.#response.writeContinue();
    return readBody(this.#request, bodyBytes);
  }
}

/**
 * Never fulfilled for a client that goes away, or is cut off for its slowness, in the middle of its body: there is
 * nobody left to answer, and nothing went wrong here.
 */
function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      request.off('data', onData);
      // Held back until the answer is written, which drops it.
      request.pause();
      resolve('too-large');
    };
    request.on('data', onData);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => undefined);
  });
}

function collect(rawHeaders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = String(rawHeaders[at]).toLowerCase();
    const value = String(rawHeaders[at + 1]);
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [value]);
    else values.push(value);
  }
  return headers;
}
