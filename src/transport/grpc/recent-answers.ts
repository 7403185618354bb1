import type { Decision } from '../../model/decision.js';

/** A power of two. */
const places = 256;

/**
 * What a client can make longer is not kept. A Referer's host may be a part of the Referer, of which 16 KB are read, so
 * at worst all of them take 4 MB.
 */
const longestAnswer = 1_024;

interface Recent {
  readonly decision: Decision;
  readonly answer: Buffer;
}

/**
 * The latest answers: requests come from few sites at a time, and decisions that differ in neither policy, reason, entry
 * nor Referer's host have the same bytes. For the decisions of one snapshot.
 */
export class RecentAnswers {
  readonly #places: (Recent | undefined)[] = new Array<undefined>(places).fill(undefined);

  find(decision: Decision): Buffer | undefined {
    const recent = this.#places[placeOf(decision)];
    return recent !== undefined && isAnsweredAlike(recent.decision, decision) ? recent.answer : undefined;
  }

  keep(decision: Decision, answer: Buffer): void {
    if (answer.length <= longestAnswer) this.#places[placeOf(decision)] = { decision, answer };
  }
}

/** Everything that the bytes are made of. */
function isAnsweredAlike(left: Decision, right: Decision): boolean {
  return (
    left.policy === right.policy &&
    left.reason === right.reason &&
    left.action === right.action &&
    left.mode === right.mode &&
    left.passes === right.passes &&
    left.generation === right.generation &&
    left.refererHost === right.refererHost &&
    left.entry === right.entry
  );
}

function placeOf({ policy, step, refererHost }: Decision): number {
  const { length } = refererHost;
  let mixed = Math.imul(policy?.position ?? 0, 31) + step;
  mixed = Math.imul(mixed, 31) + length;
  if (length > 0) mixed = Math.imul(mixed, 31) + refererHost.charCodeAt(0);
  if (length > 0) mixed = Math.imul(mixed, 31) + refererHost.charCodeAt(length >> 1);
  return (mixed ^ (mixed >>> 8)) & (places - 1);
}
