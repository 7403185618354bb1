import type { SeenAnswer } from '../rules/oracle.js';
import type { Question } from './question.js';

/** A client of one kind. */
export interface Asker {
  readonly name: 'envoy' | 'steady' | 'restless';
  /** The instance that answers; `undefined`: any of them. */
  readonly instance: string | undefined;
  /** The answer. Rejects when there is none: the request has failed. */
  ask(question: Question): Promise<SeenAnswer>;
  close(): void;
}
