/** A service that answers. */
export interface RunningServer {
  /** Reads the management settings and the rules anew, at once. */
  reload(): void;
  /**
   * Ends it without losing what is in flight: not ready, then `drainSeconds` of serving on, then connections end. Takes
   * at most 5 seconds more than that.
   */
  stop(): Promise<void>;
}

/** Why the service did not start: each text is one line that says what to do about. */
export interface StartFailure {
  readonly problems: readonly string[];
}

/** After the drain: the time that calls in flight get, and then the rest. Together less than the 5 seconds promised. */
export const forceAfterMs = 3_000;
export const closeAfterMs = 1_000;
