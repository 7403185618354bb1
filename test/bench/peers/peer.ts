/** Where and with what a peer is started. */
export interface Place {
  /** A folder of its own. */
  readonly folder: string;
  /** Processors, as `taskset -c` takes them. */
  readonly cpus: string;
  /** Names whose pages, and those of all hosts below them, may embed. */
  readonly names: readonly string[];
  /** Seconds that it may take until it says that it runs. */
  readonly bound: number;
}

/** A peer that answers. */
export interface RunningPeer {
  /** `host:port`; another one after a restart. */
  readonly address: string;
  /** Its first process; others are descendants of it. */
  readonly pid: number;
  /**
   * Makes ready what a change of the list needs, such as the new file beside the old one, and gives the step that an
   * operator takes to put it in force. Only that step is timed.
   */
  prepare(names: readonly string[]): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

export type Protocol = 'grpc' | 'http';

/** Something that is measured. */
export interface Peer {
  /** As `--only` and the plots call it. */
  readonly key: string;
  /** As the tables call it. */
  readonly name: string;
  /** How it is asked: by Checks, or, being the proxy itself, by the request. */
  readonly protocol: Protocol;
  /** False where it lets everything pass: what its transport alone costs. */
  readonly decides: boolean;
  /** How a changed list comes into force. */
  readonly edit: string;
  start(place: Place): Promise<RunningPeer>;
}

/** A peer that is left out, and why. */
export interface Absent {
  readonly name: string;
  readonly why: string;
}
