import { DEEPER, type Depth, type HostNode, ONE_BELOW, SELF } from './host-node.js';
import { HOST_DEPTH, HOST_OWN, HOST_PARENT, HOST_UNITED, HOST_WORDS, NO_HOST, NOT_UNITED } from './host-record.js';
import type { PositionList } from './position-list.js';
import { WordStore } from './word-store.js';

const DEPTHS: readonly Depth[] = [SELF, ONE_BELOW, DEEPER];

/** Hosts as numbers, and the positions of their policies. */
export interface HostRecords {
  readonly records: Uint32Array;
  readonly positions: Uint32Array;
}

/** Lays hosts down in numbers; `first` is the list that the positions begin with. Parents come before what is below. */
export function buildHostRecords(nodes: readonly HostNode[], first: PositionList): HostRecords {
  const writer = new HostRecordWriter(nodes.length);
  writer.place(first);
  for (const node of nodes) writer.write(node);
  return writer.build();
}

class HostRecordWriter {
  readonly #records: Uint32Array;
  readonly #positions = new WordStore();
  /** Lists are shared, and equal ones are mostly one. */
  readonly #places = new Map<PositionList, number>();
  readonly #numbers = new Map<HostNode, number>();

  constructor(count: number) {
    this.#records = new Uint32Array(HOST_WORDS * count);
  }

  write(node: HostNode): void {
    const number = this.#numbers.size;
    const record = HOST_WORDS * number;
    this.#numbers.set(node, number);
    this.#records[record + HOST_PARENT] = node.parent ? (this.#numbers.get(node.parent) ?? NO_HOST) : NO_HOST;
    this.#records[record + HOST_DEPTH] = node.depthInParent;
    for (const depth of DEPTHS) {
      this.#writeList(record + HOST_OWN + 2 * depth, node.own[depth]);
      this.#writeList(record + HOST_UNITED + 2 * depth, node.united[depth]);
    }
  }

  /** Where a list begins among the positions. */
  place(list: PositionList): number {
    const known = this.#places.get(list);
    if (known !== undefined) return known;
    const start = this.#positions.length;
    for (const position of list) this.#positions.push(position);
    this.#places.set(list, start);
    return start;
  }

  build(): HostRecords {
    return { records: this.#records, positions: this.#positions.build() };
  }

  #writeList(word: number, list: PositionList | undefined): void {
    const [only = 0] = list ?? [];
    this.#records[word] = list === undefined || list.length < 2 ? only : this.place(list);
    this.#records[word + 1] = list?.length ?? NOT_UNITED;
  }
}
