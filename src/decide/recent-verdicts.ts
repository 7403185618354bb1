import type { Policy } from '../model/policy.js';
import type { RecentVerdicts, RefererVerdict } from '../model/snapshot.js';

/** A page's pictures come one after another, so few are enough. A power of two. */
const places = 512;

/** Longer Referers are judged anew each time: what is held must stay small whatever clients send. */
const longestText = 512;

interface Recent {
  readonly policy: Policy;
  readonly text: string;
  readonly verdict: RefererVerdict;
}

/** Each verdict has one place, which the next one that belongs there takes: no order to keep, nothing to hash. */
export class PlacedVerdicts implements RecentVerdicts {
  readonly #places: (Recent | undefined)[] = new Array<undefined>(places).fill(undefined);

  find(policy: Policy, text: string): RefererVerdict | undefined {
    const recent = this.#places[placeOf(text)];
    return recent !== undefined && recent.policy === policy && recent.text === text ? recent.verdict : undefined;
  }

  keep(policy: Policy, text: string, verdict: RefererVerdict): void {
    if (text.length <= longestText) this.#places[placeOf(text)] = { policy, text, verdict };
  }
}

/** By its length and four characters: the site's name is near the beginning, pages of one site differ at the end. */
function placeOf(text: string): number {
  const { length } = text;
  const middle = length >> 1;
  let mixed = length;
  mixed = Math.imul(mixed, 31) + text.charCodeAt(length - 1);
  mixed = Math.imul(mixed, 31) + text.charCodeAt(length < 2 ? 0 : length - 2);
  mixed = Math.imul(mixed, 31) + text.charCodeAt(middle);
  mixed = Math.imul(mixed, 31) + text.charCodeAt(middle >> 1);
  return (mixed ^ (mixed >>> 9)) & (places - 1);
}
