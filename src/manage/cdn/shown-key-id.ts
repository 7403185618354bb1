import { shortened } from '../../printable.js';
import { isSomeSecret } from '../claimed-key.js';
import type { ManageSettings } from '../settings/manage-settings.js';
import type { CallSignature } from './call-signature.js';

/** How much of an id that nobody knows is logged. */
const LONGEST_ID = 128;

/** The access key that a call says it is signed with, as logs may show it; `undefined` where it says none. */
export function shownKeyId(claimed: CallSignature | undefined, settings: ManageSettings): string | undefined {
  if (claimed === undefined || isSomeSecret(claimed.accessKeyId, settings)) return undefined;
  return shortened(claimed.accessKeyId, LONGEST_ID);
}
