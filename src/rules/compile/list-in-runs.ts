import type { ListPart } from '../../match/list-part.js';
import { ListSequence } from '../../match/list-sequence.js';
import type { EntryMatcher } from '../../model/matchers.js';
import type { EntryList, ListDialect } from './list-dialect.js';
import type { KnownPart } from './list-parts.js';

/** A list, compiled, and what its entries say beside what they match. */
export interface CompiledList<R> {
  readonly matcher: EntryMatcher<R>;
  readonly schemes: ReadonlySet<string>;
}

/**
 * Texts of one run. An index holds 4 GiB of them; 100,000 list files in one list that are each just too small for parts
 * would be more.
 */
const RUN_BYTES = 256 * 1024 * 1024;

/**
 * A list under construction: runs of entries that are indexed together, and parts between them that have indexes of
 * their own. A list without large files is one run.
 */
export class ListInRuns<R> {
  readonly #dialect: ListDialect<R>;
  readonly #members: EntryMatcher<R>[] = [];
  readonly #schemes = new Set<string>();
  #run: EntryList<R> | undefined;

  constructor(dialect: ListDialect<R>) {
    this.#dialect = dialect;
  }

  /** Where the next entry goes. */
  get run(): EntryList<R> {
    if (this.#run !== undefined && this.#run.bytes > RUN_BYTES) this.#endRun();
    this.#run ??= this.#dialect.begin();
    return this.#run;
  }

  /** Adds a part of the list's own dialect. */
  addPart({ part, schemes }: KnownPart): void {
    this.#endRun();
    this.#members.push(part as ListPart<unknown> as ListPart<R>);
    for (const scheme of schemes) this.#schemes.add(scheme);
  }

  build(): CompiledList<R> {
    this.#endRun();
    const [first = this.#dialect.begin().build(), ...others] = this.#members;
    return { matcher: others.length === 0 ? first : new ListSequence(this.#members), schemes: this.#schemes };
  }

  #endRun(): void {
    if (this.#run === undefined) return;
    this.#members.push(this.#run.build());
    for (const scheme of this.#run.schemes) this.#schemes.add(scheme);
    this.#run = undefined;
  }
}
