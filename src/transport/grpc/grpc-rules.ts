import type { Snapshot } from '../../model/snapshot.js';
import { forwardedForHeader } from '../client-ip.js';
import { answersInSteps, type GrpcAnswers } from './answers.js';
import { HeaderTable } from './header-table.js';
import { lastOf } from './steps.js';

/** The rules in force, with what this transport has made of them. Made once for a snapshot, taken once for a request. */
export interface GrpcRules {
  readonly snapshot: Snapshot;
  readonly answers: GrpcAnswers;
  /** The headers that requests are read for: what the policies read, and what finds the client's address. */
  readonly headers: HeaderTable;
}

/** How the answers look, and where the client's address is found. */
export interface GrpcRulesOptions {
  readonly debugHeaders: boolean;
  readonly trustedHops: number;
}

/**
 * Encodes and indexes what Checks need of a snapshot, so that no Check has to. In steps of some microseconds each, so
 * that whoever takes them can have Checks answered between them.
 */
export function* grpcRulesInSteps(
  snapshot: Snapshot,
  options: GrpcRulesOptions,
): Generator<undefined, GrpcRules, undefined> {
  const forwarding = options.trustedHops > 0 ? [forwardedForHeader] : [];
  const headers = new HeaderTable([...snapshot.headersRead, ...forwarding]);
  return { snapshot, answers: yield* answersInSteps(snapshot, options), headers };
}

/** The same at once. */
export function createGrpcRules(snapshot: Snapshot, options: GrpcRulesOptions): GrpcRules {
  return lastOf(grpcRulesInSteps(snapshot, options));
}
