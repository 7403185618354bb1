import type { Loaded } from './load.js';
import type { Absent, Peer } from './peer.js';

/** One measurement. */
export interface Sample extends Loaded {
  readonly peer: string;
  readonly size: number;
  readonly round: number;
  /** Requests a second; 0: saturated. */
  readonly rate: number;
}

/** What is measured once for a peer and a length. */
export interface State {
  readonly peer: string;
  readonly size: number;
  /** Milliseconds from the start of the process to its first answer. */
  readonly startMs: number;
  readonly memoryMiB: number;
  /** Milliseconds from a change of the list to its effect; empty for servers without rules. */
  readonly effectMs: readonly number[];
}

/** A peer that could not be measured at a length. */
export interface Refusal {
  readonly peer: string;
  readonly size: number;
  readonly why: string;
}

/** Latency through a whole Envoy. `peer`: the server that it asks, or `off`. */
export interface EnvoySample extends Loaded {
  readonly peer: string;
  readonly round: number;
  readonly rate: number;
}

/** Everything that a run found out. */
export interface Results {
  readonly date: string;
  readonly command: string;
  /** Machine and versions, a line each. */
  readonly machine: readonly string[];
  readonly minutes: number;
  readonly sizes: readonly number[];
  readonly rates: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly workerCores: number;
  readonly bound: number;
  readonly peers: readonly Omit<Peer, 'start'>[];
  readonly absent: readonly Absent[];
  readonly samples: readonly Sample[];
  readonly states: readonly State[];
  readonly refusals: readonly Refusal[];
  readonly throughEnvoy: readonly EnvoySample[];
}
