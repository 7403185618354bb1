import type { Snapshot } from '../../model/snapshot.js';
import { forwardedForHeader } from '../client-ip.js';
import { createGrpcAnswers, type GrpcAnswers } from './answers.js';
import { HeaderTable } from './header-table.js';

/** The rules in force, with what this transport has made of them. Made once for a snapshot, taken once for a request. */
export interface GrpcRules {
  readonly snapshot: Snapshot;
  readonly answers: GrpcAnswers;
  /** The headers that requests are read for: what the policies read, and what finds the client's address. */
  readonly headers: HeaderTable;
}

/** Encodes and indexes what Checks need of a snapshot, so that no Check has to. */
export function createGrpcRules(
  snapshot: Snapshot,
  options: { readonly debugHeaders: boolean; readonly trustedHops: number },
): GrpcRules {
  const forwarding = options.trustedHops > 0 ? [forwardedForHeader] : [];
  return {
    snapshot,
    answers: createGrpcAnswers(snapshot, options),
    headers: new HeaderTable([...snapshot.headersRead, ...forwarding]),
  };
}
