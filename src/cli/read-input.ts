import { createReadStream } from 'node:fs';
import { formatBytes } from '../rules/limits.js';
import { textOf } from '../rules/read/decode-text.js';
import { describeFileError } from '../rules/read/file-problem.js';
import { exitCodes } from './exit-codes.js';

/** A file that a command was given, as text without a byte order mark. */
export interface InputText {
  /** What messages call it: as the operator wrote it, or `stdin`. */
  readonly file: string;
  readonly text: string;
}

/** Why there is no text: a line for stderr, and how the command ends. */
export interface InputRefusal {
  readonly problem: string;
  readonly exitCode: number;
}

/** Configurations of the products that are imported have a few KB; what is larger is some other file. */
const LARGEST_INPUT = 16 * 1024 * 1024;

/** Reads a file, or stdin for `-`. Pipes are welcome (`<(ossutil …)`), and no more than the limit is read of them. */
export async function readInput(path: string): Promise<InputText | InputRefusal> {
  const file = path === '-' ? 'stdin' : path;
  const bytes = await readBytes(path === '-' ? process.stdin : createReadStream(path));
  if (typeof bytes === 'string') return { problem: `${file}: ${bytes}`, exitCode: exitCodes.unreadable };
  if (bytes.length > LARGEST_INPUT) {
    const problem = `${file}:1: is too large: at most ${formatBytes(LARGEST_INPUT)} are read`;
    return { problem, exitCode: exitCodes.badInput };
  }
  const text = textOf(bytes);
  if (typeof text === 'string') return { file, text };
  return { problem: `${file}:${text.line}: ${text.message}`, exitCode: exitCodes.badInput };
}

/** All bytes, or what is beyond the limit as well where that is exceeded; a text is why there are none. */
async function readBytes(stream: NodeJS.ReadableStream): Promise<Buffer | string> {
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      total += chunk.length;
      if (total > LARGEST_INPUT) break;
    }
  } catch (error) {
    return `cannot be read: ${describeFileError(error)}`;
  }
  return Buffer.concat(chunks);
}
