import type { Question } from '../load/question.js';
import { allowsEmpty, isListed, listOf, rulesOf } from './rule-states.js';

/** What a client can see of an answer. */
export interface SeenAnswer {
  readonly status: number;
  /** `undefined`: no policy covered the request. */
  readonly policy: string | undefined;
  readonly reason: string;
}

/** The one right answer to a question in a state of the rules (of a managed policy: in one of its versions). */
export function rightAnswer(question: Question, state: number): SeenAnswer {
  const media = `media-${rulesOf(state)}`;
  const allowed = { status: 200, reason: 'allow_list' };
  const stranger = { status: 403, reason: 'not_in_allow_list' };
  switch (question.about) {
    case 'name':
      return { policy: media, ...(isListed(question.number, listOf(state)) ? allowed : stranger) };
    case 'edition':
      return { policy: media, ...(question.number === listOf(state) ? allowed : stranger) };
    case 'partner':
      return { policy: media, ...allowed };
    case 'banned':
      return { policy: media, status: 403, reason: 'deny_list' };
    case 'stranger':
      return { policy: media, ...stranger };
    case 'empty':
      return allowsEmpty(rulesOf(state))
        ? { policy: media, status: 200, reason: 'empty_allowed' }
        : { policy: media, status: 403, reason: 'empty_denied' };
    case 'video':
      return { policy: 'video', ...stranger, status: 302 };
    case 'shadow':
      return { policy: 'shadow', ...stranger, status: 200 };
    case 'unknown host':
      return { policy: undefined, status: 200, reason: 'no_policy' };
    case 'managed':
      return { policy: question.policy, ...(question.number === state ? allowed : stranger) };
  }
}

export function isSame(a: SeenAnswer, b: SeenAnswer): boolean {
  return a.status === b.status && a.policy === b.policy && a.reason === b.reason;
}
