import type { EntryMatcher } from '../model/matchers.js';
import type { RefererUrl } from '../model/referer-url.js';
import type { PartData } from './list-data.js';
import type { MadeOf } from './matcher-data.js';

/** A part of either dialect. */
export type AnyListPart = ListPart<RefererUrl> | ListPart<string>;

/**
 * A large stretch of a list, such as a list file, that has an index of its own, so that it can be shared by lists and
 * kept from one load to the next.
 */
export class ListPart<R = RefererUrl> implements EntryMatcher<R>, MadeOf<PartData> {
  /** Names dialect and content: equal ids, equal parts. */
  readonly id: string;
  readonly size: number;
  #content: EntryMatcher<R> | undefined;

  constructor(id: string, size: number, content: EntryMatcher<R> | undefined) {
    this.id = id;
    this.size = size;
    this.#content = content;
  }

  /** Absent in a thread that has handed it over: there the part can be named and counted, and not asked. */
  get content(): EntryMatcher<R> | undefined {
    return this.#content;
  }

  get data(): PartData {
    return { kind: 'part', id: this.id };
  }

  get isDear(): boolean {
    return this.content?.isDear === true;
  }

  /** Forgets the content, which another thread has from now on. */
  handOver(): void {
    this.#content = undefined;
  }

  /** Throws where the content is not. */
  find(referer: R): string | undefined {
    if (this.#content === undefined) throw new Error(`the list part ${this.id} has been handed over; ask its receiver`);
    return this.#content.find(referer);
  }
}
