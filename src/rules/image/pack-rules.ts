import { dataOf } from '../../match/data-of.js';
import type { HostLookupData } from '../../match/host-lookup.js';
import { type AnyListPart, ListPart } from '../../match/list-part.js';
import { ListSequence } from '../../match/list-sequence.js';
import type { AddressData } from '../../match/matcher-data.js';
import type { AddressMatcher } from '../../model/matchers.js';
import type { Policy } from '../../model/policy.js';
import type { CompiledRules } from '../../model/snapshot.js';
import { writeImage } from './image-writer.js';
import { packPart } from './pack-part.js';
import { plainPolicy } from './plain-policy.js';
import type { ImagePart, RulesImage } from './rules-image.js';

/** The first batch: what belongs to all policies. */
export interface CommonBatch {
  readonly hosts: HostLookupData;
  readonly headersRead: ReadonlySet<string>;
  /** What policies name by number. */
  readonly ranges: readonly AddressData[];
}

/** Policies of a batch: to read so many, which is one turn, takes less than a millisecond. */
const POLICIES_A_BATCH = 16;

/**
 * Packs rules for another thread. `held` are the ids of the parts that it has: their content is left out. What is
 * packed is not to be asked any more once the image has been transferred: the large arrays go with it.
 */
export function packRules(rules: CompiledRules, held: ReadonlySet<string>): RulesImage {
  const { policies, hosts, headersRead, entries } = rules;
  const shared = new Map<AddressMatcher, number>();
  const share = (ranges: AddressMatcher): number => {
    const known = shared.get(ranges) ?? shared.size;
    shared.set(ranges, known);
    return known;
  };
  const batches: Uint8Array[] = [];
  for (let first = 0; first < policies.length; first += POLICIES_A_BATCH) {
    const batch = policies.slice(first, first + POLICIES_A_BATCH);
    batches.push(writeImage(batch.map((policy) => plainPolicy(policy, share))).bytes);
  }
  const common: CommonBatch = {
    hosts: dataOf.hostIndex(hosts),
    headersRead,
    ranges: [...shared.keys()].map(dataOf.addresses),
  };
  const parts = packParts(policies, held);
  return { batches: [writeImage(common).bytes, ...batches], parts, policies: policies.length, entries };
}

function packParts(policies: readonly Policy[], held: ReadonlySet<string>): ImagePart[] {
  const parts = new Map<string, AnyListPart>();
  for (const { referer } of policies) {
    for (const part of [...partsOf(referer.allow), ...partsOf(referer.deny)]) parts.set(part.id, part);
  }
  return [...parts.values()].map((part) => packPart(part, held));
}

function partsOf(list: Policy['referer']['allow']): readonly AnyListPart[] {
  if (list instanceof ListPart) return [list];
  if (!(list instanceof ListSequence)) return [];
  return (list.members as readonly unknown[]).filter((member) => member instanceof ListPart);
}
