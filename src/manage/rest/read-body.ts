import type { Readable } from 'node:stream';

/** Bytes of a body that is read. */
const BODY_LIMIT = 1024 * 1024;

/**
 * What is read and forgotten of a body that is too large, so that a client who is still sending sees the answer: a
 * connection that is closed with bytes unread is reset, and the answer with it.
 */
const FORGOTTEN_LIMIT = 16 * BODY_LIMIT;

/** All bytes of a body; `too-large` beyond the limit. Rejects when the client goes away. */
export function readBody(body: Readable): Promise<Buffer | 'too-large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    body.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= BODY_LIMIT) chunks.push(chunk);
      else chunks.length = 0;
      if (length <= FORGOTTEN_LIMIT) return;
      body.pause();
      resolve('too-large');
    });
    body.on('end', () => resolve(length > BODY_LIMIT ? 'too-large' : Buffer.concat(chunks, length)));
    body.on('error', reject);
  });
}
