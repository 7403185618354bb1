import type { FromWorker } from './messages.js';

/** What came of new rules at one worker: `gone`, it ended meanwhile; `late`, it was waited for no longer. */
export type Preparation = 'prepared' | 'gone' | 'late' | { readonly problem: string };

/** What a message says of the rollout; `undefined`: nothing. */
export function preparationOf(message: FromWorker, rollout: number): Preparation | undefined {
  if (message.kind === 'prepared' && message.rollout === rollout) return 'prepared';
  return message.kind === 'refused' && message.rollout === rollout ? { problem: message.problem } : undefined;
}

/**
 * Why the rules must not come into force: one worker that cannot use them is enough, and would stay behind. Rules that
 * every worker died of are none either; where there was no worker to begin with, the next ones will take them.
 */
export function problemOf(outcomes: readonly Preparation[]): string | undefined {
  const refused = outcomes.find((outcome) => typeof outcome === 'object');
  if (refused !== undefined) return `a worker could not use the rules: ${refused.problem}`;
  if (outcomes.length === 0 || outcomes.includes('prepared')) return undefined;
  return 'no worker was left that could take the rules';
}
