import { randomBytes } from 'node:crypto';
import { dataOf } from '../../match/data-of.js';
import type { HostLookupData } from '../../match/host-lookup.js';
import { type AnyListPart, ListPart } from '../../match/list-part.js';
import { ListSequence } from '../../match/list-sequence.js';
import type { AddressData } from '../../match/matcher-data.js';
import type { AddressMatcher } from '../../model/matchers.js';
import type { Policy } from '../../model/policy.js';
import type { CompiledRules } from '../../model/snapshot.js';
import { packPart } from './pack-part.js';
import { plainPolicy } from './plain-policy.js';
import type { ImageBatch, ImagePart, RulesImage } from './rules-image.js';
import { writeValue } from './value-writer.js';

/** What belongs to all policies. */
export interface CommonBatch {
  readonly hosts: HostLookupData;
  readonly headersRead: ReadonlySet<string>;
  /** What policies name by number. */
  readonly ranges: readonly AddressData[];
}

/** Policies of a batch: to read so many, which is one turn, takes less than a millisecond. */
const POLICIES_A_BATCH = 16;

/** A batch of an image before. */
interface PackedBatch {
  readonly id: string;
  readonly policies: readonly Policy[];
}

/** Packs rules for another thread, which gets again of small policies those alone that are others than before. */
export class RulesPacker {
  /** In front of the ids of batches: the receiver may hold some of a packer before this one. */
  readonly #name = randomBytes(6).toString('hex');
  #count = 0;
  #last: readonly PackedBatch[] = [];

  /**
   * Packs rules. `held` are the ids of the parts and batches that the receiver has: their content is left out. What is
   * packed is not to be asked any more once the image has been transferred: the large arrays go with it.
   */
  pack(rules: CompiledRules, held: ReadonlySet<string>): RulesImage {
    const { policies, hosts, headersRead, entries } = rules;
    const ranges = new SharedRanges();
    const packed = this.#batchesOf(policies);
    const batches = packed.map(({ id, policies: batch }): ImageBatch => {
      if (held.has(id)) return { id };
      return { id, content: writeValue(batch.map((policy) => plainPolicy(policy, ranges.share))).bytes };
    });
    this.#last = packed;
    const common: CommonBatch = { hosts: dataOf.hostIndex(hosts), headersRead, ranges: ranges.data };
    const parts = packParts(policies, held);
    return { common: writeValue(common).bytes, batches, parts, policies: policies.length, entries };
  }

  #batchesOf(policies: readonly Policy[]): PackedBatch[] {
    return Array.from({ length: Math.ceil(policies.length / POLICIES_A_BATCH) }, (_, position) => {
      const batch = policies.slice(position * POLICIES_A_BATCH, (position + 1) * POLICIES_A_BATCH);
      const before = this.#last[position];
      const isBefore =
        before?.policies.length === batch.length && batch.every((policy, at) => policy === before.policies[at]);
      return isBefore ? before : { id: `${this.#name} ${++this.#count}`, policies: batch };
    });
  }
}

/** Gives the address ranges that policies have in common numbers. */
class SharedRanges {
  readonly #numbers = new Map<AddressMatcher, number>();

  get data(): AddressData[] {
    return [...this.#numbers.keys()].map(dataOf.addresses);
  }

  readonly share = (ranges: AddressMatcher): number => {
    const known = this.#numbers.get(ranges) ?? this.#numbers.size;
    this.#numbers.set(ranges, known);
    return known;
  };
}

/** Packs rules by a packer of their own, which names all batches anew; for those who hand over once. */
export function packRules(rules: CompiledRules, held: ReadonlySet<string>): RulesImage {
  return new RulesPacker().pack(rules, held);
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
