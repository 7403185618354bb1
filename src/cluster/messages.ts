import type { CallCounts } from '../observe/call-tally.js';
import type { OpenConnections } from '../observe/connection-tally.js';
import type { ProcessFigures } from '../observe/process-figures.js';
import type { ImageFiles } from '../rules/image/image-files.js';
import type { Settings } from '../settings.js';
import type { QuestionProblems } from '../transport/admin/read-question.js';
import type { Explanation } from '../transport/explanation.js';
import type { UrlRequest } from '../transport/request-from-url.js';

/** A listener whose connections the primary accepts and the workers answer. */
export type SharedListenerName = 'grpc' | 'http';

/**
 * What the primary tells a worker. All of it can be said in JSON; `connection` comes with a socket. `rollout` numbers the
 * attempts to put rules in force: after one that failed, the next has the same generation.
 */
export type ToWorker =
  /** The first message. */
  | { readonly kind: 'start'; readonly worker: number; readonly settings: Settings }
  /** Read these rules and make them ready, but decide by those in force until told otherwise. */
  | { readonly kind: 'prepare'; readonly rollout: number; readonly generation: number; readonly files: ImageFiles }
  /** Decide by the rules that are ready. */
  | { readonly kind: 'switch'; readonly rollout: number }
  /** The rules that are ready, or being made so, will never be in force. */
  | { readonly kind: 'abandon'; readonly rollout: number }
  | { readonly kind: 'connection'; readonly listener: SharedListenerName; readonly number: number }
  | { readonly kind: 'ask'; readonly question: number; readonly about: Question }
  /** Go on serving, but say that it ends. */
  | { readonly kind: 'retire' }
  /** No connection comes any more: answer what is in flight, cut the rest at the deadline, and exit. */
  | { readonly kind: 'drain'; readonly deadlineMs: number };

/** What the primary asks a worker, and is answered. */
export type Question =
  | { readonly kind: 'explain'; readonly request: UrlRequest }
  /** What Node tells of its process; what it has counted is told first, as a message of its own. */
  | { readonly kind: 'figures' }
  /** Which of these policies are not in force. */
  | { readonly kind: 'gone'; readonly policies: readonly string[] };

/** The answers by question. */
export interface Answers {
  readonly explain: Explanation | QuestionProblems;
  readonly figures: ProcessFigures;
  readonly gone: readonly string[];
}

/** What a worker has counted since it last told. */
export interface WorkerCounts extends CallCounts {
  /** Verdicts in its cache now. */
  readonly cacheEntries: number;
  /** Connections that it has now. */
  readonly openConnections: OpenConnections;
}

/** What a worker tells the primary. */
export type FromWorker =
  /** It runs, and wants rules. */
  | { readonly kind: 'up' }
  | { readonly kind: 'prepared'; readonly rollout: number }
  | { readonly kind: 'refused'; readonly rollout: number; readonly problem: string }
  | { readonly kind: 'switched'; readonly rollout: number }
  /** The connection of that number is its own now. */
  | { readonly kind: 'took'; readonly listener: SharedListenerName; readonly number: number }
  /** So many of its connections have ended since it last told. */
  | { readonly kind: 'ended'; readonly listener: SharedListenerName; readonly connections: number }
  | { readonly kind: 'counted'; readonly counts: WorkerCounts }
  | { readonly kind: 'answer'; readonly question: number; readonly answer: Answers[Question['kind']] }
  /** The question could not be answered for a fault of the worker. */
  | { readonly kind: 'unanswered'; readonly question: number; readonly problem: string };
