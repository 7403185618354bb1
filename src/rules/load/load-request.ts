import type { Overlay } from '../read/overlay.js';

/** What is asked of a load. */
export interface LoadRequest {
  /** Contents in place of those of rule files: tells what would come of writing them. */
  readonly overlay?: Overlay | undefined;
  /** The digest of what is in force: where it is that of the directory, no rules are made. */
  readonly inForce?: string | undefined;
  /** Ids of the list parts that whoever gets the rules holds already; `undefined`: they are not handed over. */
  readonly held?: ReadonlySet<string> | undefined;
}
