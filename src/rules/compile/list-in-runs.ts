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

  /** Where the next entries go. */
  get run(): EntryList<R> {
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
