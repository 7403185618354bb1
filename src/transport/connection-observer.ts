import type { RetirementReason } from '../model/retirement-reason.js';

/** Told what becomes of the connections of a listener that decides. */
export interface ConnectionObserver {
  opened(): void;
  /** However it ended. */
  closed(): void;
  /** The other side has been asked to connect anew; what is in flight is still answered. */
  retired(reason: RetirementReason): void;
}
