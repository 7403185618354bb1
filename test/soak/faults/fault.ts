import type { Prng } from '../../support/prng.js';
import type { Scene } from '../scene/scene.js';

/** What at most one fault may have in hand at a time. */
export type Claim = 'folder' | 'management' | 'restless' | 'clock' | 'aborts';

/** Something that happens to a service at three in the morning, and is over after a while. */
export interface Fault {
  readonly name: string;
  readonly claims: readonly Claim[];
  /** Log lines at `warn` or above that it explains. */
  readonly explains: readonly string[];
  /** Makes it happen, and ends when it is over. Rejects when something came otherwise than promised. */
  strike(scene: Scene, random: Prng): Promise<void>;
}
