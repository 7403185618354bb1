import type { AskRules } from '../../rules/thread/messages.js';
import type { ManageContext } from '../manage-context.js';

/** What the REST API needs beside what the management APIs share: what it checks rule files against. */
export interface RestContext extends ManageContext {
  /** The rule directory as the operator gave it. */
  readonly rules: string;
  /** Checks rule files. */
  readonly ask: AskRules;
}
