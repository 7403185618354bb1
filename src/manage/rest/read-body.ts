import type { Readable } from 'node:stream';
import { LONGEST_BODY } from '../longest-body.js';

/**
 * What is read and forgotten of a body that is too large, so that a client who is still sending sees the answer: a
 * connection that is closed with bytes unread is reset, and the answer with it.
 */
const FORGOTTEN_LIMIT = 16 * LONGEST_BODY;

/** All bytes of a body; `too-large` beyond the limit. Rejects when the client goes away. */
export function readBody(body: Readable): Promise<Buffer | 'too-large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    body.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LONGEST_BODY) chunks.push(chunk);
      else chunks.length = 0;
      if (length <= FORGOTTEN_LIMIT) return;
      body.pause();
      resolve('too-large');
    });
    body.on('end', () => resolve(length > LONGEST_BODY ? 'too-large' : Buffer.concat(chunks, length)));
    body.on('error', reject);
  });
}
