import { type AnyListPart, ListPart } from '../../match/list-part.js';
import { MatcherMaker } from '../../match/matcher-maker.js';
import type { RegexSet } from '../../match/regex-set.js';
import type { Policy } from '../../model/policy.js';
import type { CompiledRules } from '../../model/snapshot.js';
import { livePolicy, type Makings } from './live-policy.js';
import type { PartMeta } from './pack-part.js';
import type { CommonBatch } from './pack-rules.js';
import type { Plain } from './plain.js';
import type { ImagePart, PartContent, RulesImage } from './rules-image.js';
import { Turns } from './turns.js';
import { readValue } from './value-reader.js';

/** The list parts that rules are made of, by their ids; those of the rules in force need not be handed over again. */
export type HeldParts = ReadonlyMap<string, AnyListPart>;

/** The batches of policies that rules are made of, by their ids. */
export type HeldBatches = ReadonlyMap<string, readonly Policy[]>;

/** What need not be handed over again. */
export interface HeldRules {
  readonly parts: HeldParts;
  readonly batches: HeldBatches;
}

/** To begin with. */
export const NOTHING_HELD: HeldRules = { parts: new Map(), batches: new Map() };

/** Rules that can be decided by, and the parts and batches that they hold: no more and no fewer. */
export interface UnpackedRules extends HeldRules {
  readonly rules: CompiledRules;
}

/**
 * Makes rules of an image that a `RulesPacker` made, in turns, so that requests go on meanwhile. `held` is what the
 * rules before are made of. Rejects if the image lacks what is not held, or was not made by this version of Node.
 */
export async function unpackRules(
  image: RulesImage,
  held: HeldRules,
  turns: Turns = new Turns(),
): Promise<UnpackedRules> {
  const sets: RegexSet[] = [];
  const note = (set: RegexSet): void => void sets.push(set);
  const parts = await unpackParts(image.parts, held.parts, new MatcherMaker(new Map(), note), turns);
  const { rules, batches } = await unpackPolicies(image, held.batches, new MatcherMaker(parts, note), turns);
  for (const set of sets) {
    set.compile();
    if (turns.over) await turns.next();
  }
  return { rules, parts, batches };
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
  const { size, data } = readValue(meta, arrays) as PartMeta;
  return data.kind === 'entry-index'
    ? new ListPart(id, size, make.hostList(data))
    : new ListPart<string>(id, size, make.textList(data));
}

async function unpackPolicies(
  image: RulesImage,
  held: HeldBatches,
  make: MatcherMaker,
  turns: Turns,
): Promise<Pick<UnpackedRules, 'rules' | 'batches'>> {
  const common = readValue(image.common) as CommonBatch;
  const makings: Makings = { make, ranges: common.ranges.map((ranges) => make.addresses(ranges)) };
  const batches = new Map<string, readonly Policy[]>();
  const policies: Policy[] = [];
  const byName = new Map<string, Policy>();
  for (const { id, content } of image.batches) {
    const batch = content === undefined ? held.get(id) : await unpackBatch(content, makings, turns);
    if (batch === undefined) throw new RangeError(`the image lacks the batch ${id}, and it is not held`);
    batches.set(id, batch);
    for (const policy of batch) {
      policies.push(policy);
      byName.set(policy.name, policy);
    }
    if (turns.over) await turns.next();
  }
  const { hosts, headersRead } = common;
  const rules = { policies, byName, hosts: make.hostIndex(hosts), headersRead, entries: image.entries };
  return { rules, batches };
}

async function unpackBatch(content: Uint8Array, makings: Makings, turns: Turns): Promise<readonly Policy[]> {
  const batch: Policy[] = [];
  for (const plain of readValue(content) as readonly Plain<Policy>[]) {
    batch.push(livePolicy(plain, makings));
    if (turns.over) await turns.next();
  }
  return batch;
}
