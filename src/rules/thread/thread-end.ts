import { messageOf } from '../../model/message-of.js';

/** The thread that loads rules has ended before it answered. The message says why, and what to do. */
export class RulesThreadError extends Error {
  override readonly name = 'RulesThreadError';
}

/** Why a thread ended, of the error that ended it. */
export function describeThreadEnd(error: unknown): string {
  if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') return OUT_OF_MEMORY;
  return `a fault of refgate ended their thread: ${messageOf(error)}`;
}

const OUT_OF_MEMORY =
  'they take more memory than Node allows; move entries into list files, which take little, or raise the limit (NODE_OPTIONS=--max-old-space-size=MEBIBYTES)';

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
