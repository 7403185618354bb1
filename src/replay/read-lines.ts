import { messageOf } from '../model/message-of.js';
import { LineCutter, type LogLine } from './line-cutter.js';
import { type OnBytes, readChunks } from './read-chunks.js';

/** Lines of one log that follow one another. */
export interface LineBatch {
  /** As on the command line. */
  readonly log: string;
  /** Number of the first of them in its log, from 1. */
  readonly first: number;
  readonly lines: readonly LogLine[];
}

/** A log that could not be read to its end. */
export class LogReadError extends Error {
  constructor(
    readonly log: string,
    override readonly cause: unknown,
  ) {
    super(`${log === '-' ? 'standard input' : log}: ${messageOf(cause)}`);
  }
}

/**
 * The lines of logs, one log after the other: an end of a log ends its line. Streams; holds a chunk and a line.
 * Throws `LogReadError`.
 */
export async function* readLines(logs: readonly string[], onBytes: OnBytes): AsyncGenerator<LineBatch> {
  for (const log of logs) {
    try {
      yield* linesOf(log, onBytes);
    } catch (error) {
      throw new LogReadError(log, error);
    }
  }
}

async function* linesOf(log: string, onBytes: OnBytes): AsyncGenerator<LineBatch> {
  const cutter = new LineCutter();
  let first = 1;
  for await (const chunk of readChunks(log, onBytes)) {
    const lines = cutter.push(chunk);
    if (lines.length > 0) yield { log, first, lines };
    first += lines.length;
  }
  const last = cutter.finish();
  if (last !== undefined) yield { log, first, lines: [last] };
}
