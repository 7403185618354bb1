import { type AnyListPart, ListPart } from '../../match/list-part.js';
import { MatcherMaker } from '../../match/matcher-maker.js';
import type { RegexSet } from '../../match/regex-set.js';
import type { Policy } from '../../model/policy.js';
import type { CompiledRules } from '../../model/snapshot.js';
import { readImage } from './image-reader.js';
import { livePolicy, type Makings } from './live-policy.js';
import type { PartMeta } from './pack-part.js';
import type { CommonBatch } from './pack-rules.js';
import type { Plain } from './plain.js';
import type { ImagePart, PartContent, RulesImage } from './rules-image.js';
import { Turns } from './turns.js';

/** The list parts that rules are made of, by their ids; those of the rules in force need not be handed over again. */
export type HeldParts = ReadonlyMap<string, AnyListPart>;

/** Rules that can be decided by, and the parts that they hold: no more and no fewer. */
export interface UnpackedRules {
  readonly rules: CompiledRules;
  readonly parts: HeldParts;
}

/**
 * Makes rules of an image that `packRules` made, in turns, so that requests go on meanwhile. `held` are the parts of
 * the rules before. Rejects if the image lacks a part that is not held, or was not made by this version of Node.
 */
export async function unpackRules(
  image: RulesImage,
  held: HeldParts,
  turns: Turns = new Turns(),
): Promise<UnpackedRules> {
  const sets: RegexSet[] = [];
  const note = (set: RegexSet): void => void sets.push(set);
  const parts = await unpackParts(image.parts, held, new MatcherMaker(new Map(), note), turns);
  const rules = await unpackPolicies(image, new MatcherMaker(parts, note), turns);
  for (const set of sets) {
    set.compile();
    if (turns.over) await turns.next();
  }
  return { rules, parts };
}

async function unpackParts(
  parts: readonly ImagePart[],
  held: HeldParts,
  make: MatcherMaker,
  turns: Turns,
): Promise<HeldParts> {
  const live = new Map<string, AnyListPart>();
  for (const { id, content } of parts) {
    const part = content === undefined ? held.get(id) : unpackPart(id, content, make);
    if (part === undefined) throw new RangeError(`the image lacks the list part ${id}, and it is not held`);
    live.set(id, part);
    if (turns.over) await turns.next();
  }
  return live;
}

function unpackPart(id: string, { meta, arrays }: PartContent, make: MatcherMaker): AnyListPart {
  const { size, data } = readImage(meta, arrays) as PartMeta;
  return data.kind === 'entry-index'
    ? new ListPart(id, size, make.hostList(data))
    : new ListPart<string>(id, size, make.textList(data));
}

async function unpackPolicies(image: RulesImage, make: MatcherMaker, turns: Turns): Promise<CompiledRules> {
  const [first = new Uint8Array(0), ...batches] = image.batches;
  const common = readImage(first) as CommonBatch;
  const makings: Makings = { make, ranges: common.ranges.map((ranges) => make.addresses(ranges)) };
  const policies: Policy[] = [];
  const byName = new Map<string, Policy>();
  for (const batch of batches) {
    for (const plain of readImage(batch) as readonly Plain<Policy>[]) {
      const policy = livePolicy(plain, makings);
      policies.push(policy);
      byName.set(policy.name, policy);
      if (turns.over) await turns.next();
    }
  }
  const { hosts, headersRead } = common;
  return { policies, byName, hosts: make.hostIndex(hosts), headersRead, entries: image.entries };
}
