import type { KnownPart, ListParts } from '../compile/list-parts.js';
import type { LoadedFile } from './loaded-file.js';

/**
 * The large list files of the rule files that are known. The content of one that was handed over is gone from here: it
 * is of use only to a receiver that still holds it.
 */
export class PartMemory implements ListParts {
  readonly #known = new Map<string, KnownPart>();
  /** `undefined`: nothing is to be handed over, and no content is needed. */
  #held: ReadonlySet<string> | undefined;

  /** Says which parts the receiver of what is loaded next holds; `undefined`: there is none. */
  begin(held: ReadonlySet<string> | undefined): void {
    this.#held = held;
  }

  get(id: string): KnownPart | undefined {
    const known = this.#known.get(id);
    return known !== undefined && this.#isOfUse(known.part) ? known : undefined;
  }

  set(id: string, known: KnownPart): void {
    this.#known.set(id, known);
  }

  /** Whether the large list files of a rule file can be handed over, or need not be. */
  hasAllOf({ session }: LoadedFile): boolean {
    return session.lists.every(({ part }) => part === undefined || this.#isOfUse(part));
  }

  /** Drops the content of parts that were handed over. */
  handOver(ids: Iterable<string>): void {
    for (const id of ids) this.#known.get(id)?.part.handOver();
  }

  /** Forgets the parts that none of these files names. */
  keepThoseOf(files: Iterable<LoadedFile>): void {
    const used = new Set<string>();
    for (const { session } of files) for (const { part } of session.lists) if (part) used.add(part.id);
    for (const id of this.#known.keys()) if (!used.has(id)) this.#known.delete(id);
  }

  #isOfUse({ id, content }: KnownPart['part']): boolean {
    return this.#held === undefined || content !== undefined || this.#held.has(id);
  }
}
