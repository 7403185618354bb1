/** What came of one attempt to load the rules. `generation` is the one in force afterwards, 0 when there is none. */
export type ReloadEvent = PublishedEvent | UnchangedEvent | RejectedEvent;

/** New rules are in force. */
export interface PublishedEvent {
  readonly kind: 'published';
  readonly generation: number;
  readonly at: Date;
  readonly warnings: readonly string[];
}

/** The files say what is in force already. */
export interface UnchangedEvent {
  readonly kind: 'unchanged';
  readonly generation: number;
  readonly at: Date;
}

/** The files could not be used, and the last good rules stay in force. */
export interface RejectedEvent {
  readonly kind: 'rejected';
  readonly generation: number;
  readonly at: Date;
  readonly errors: readonly string[];
  /** True: the attempt before this one failed in the same way, so that a log need not say it again. */
  readonly repeated: boolean;
}

/** Told of every attempt after its effect is in place: for log lines and metrics. */
export type ReloadObserver = (event: ReloadEvent) => void;

/** How the last attempt to load the rules ended, as `/v1/status` shows it. */
export interface ReloadStatus {
  readonly ok: boolean;
  readonly at: Date;
  /** One text for each mistake, with its place in the files; empty after a good load. */
  readonly errors: readonly string[];
}
