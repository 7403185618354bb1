import { formatKeyPath, type KeyPath } from './key-path.js';
import { formatCount } from './limits.js';
import type { ParsedYaml } from './parse/syntax-problem.js';
import { keyOffset, type TreeNode, valueOffset } from './parse/syntax-tree.js';
import { TextLines } from './read/text-lines.js';
import type { RuleError, RuleWarning, WarningCode } from './rule-error.js';

/** Everything that is said about a rule directory; a load adds to it from the first file to the last. */
export class Findings {
  readonly errors: RuleError[] = [];
  readonly warnings: RuleWarning[] = [];
  readonly #limit: number;

  /** Takes at most `limit` errors, and one more that says so. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True: no more errors are taken, so that looking for more is of no use. */
  get full(): boolean {
    return this.errors.length > this.#limit;
  }

  add(error: RuleError): void {
    if (this.full) return;
    const isLast = this.errors.length === this.#limit;
    this.errors.push(
      isLast ? { ...error, message: `… and more; only ${formatCount(this.#limit)} errors are told` } : error,
    );
  }

  /** Adds what others have found. False: these would be too many errors, and nothing was added. */
  addAll({ errors, warnings }: Findings): boolean {
    if (this.errors.length + errors.length > this.#limit) return false;
    this.errors.push(...errors);
    this.warnings.push(...warnings);
    return true;
  }
}

/** A place in a file, without what there is to say about it. */
export type Place = Omit<RuleError, 'message'>;

/** What is said about one rule file: paths of keys go in, places in the file come out. */
export class FileFindings {
  readonly #file: string;
  readonly #findings: Findings;
  readonly #lines: TextLines;
  readonly #root: TreeNode | undefined;
  /** Places that have their error already: what follows from a key given twice or a bad alias is no news. */
  readonly #told = new Set<number>();

  /** `file` is the name that errors carry. The problems of the syntax are reported at once. */
  constructor(findings: Findings, source: { file: string; text: string; parsed: ParsedYaml }) {
    this.#file = source.file;
    this.#findings = findings;
    this.#lines = new TextLines(source.text);
    this.#root = source.parsed.root;
    for (const { at, message, path } of source.parsed.problems) {
      this.#told.add(at);
      findings.add({ ...this.#locate(at, path ?? []), message });
    }
  }

  /** Where the value at a path is; of one that is missing, where the mapping that lacks it begins. */
  place(path: KeyPath): Place {
    return this.#locate(this.#root ? valueOffset(this.#root, path) : 0, path);
  }

  /** True: no more errors are taken, so that looking for more is of no use. */
  get full(): boolean {
    return this.#findings.full;
  }

  /** A mistake in the value at a path, or the lack of one. */
  wrong(path: KeyPath, message: string): void {
    const at = this.#root ? valueOffset(this.#root, path) : 0;
    if (!this.#told.has(at)) this.#findings.add({ ...this.#locate(at, path), message });
  }

  /** A mistake in the key itself. */
  wrongKey(path: KeyPath, message: string): void {
    const at = this.#root ? keyOffset(this.#root, path) : 0;
    this.#findings.add({ ...this.#locate(at, path), message });
  }

  /** An error with a place of its own, such as a line of a list file. */
  wrongAt(place: Place, message: string): void {
    this.#findings.add({ ...place, message });
  }

  /** Something legal that is probably not meant. */
  warn(code: WarningCode, path: KeyPath, message: string): void {
    this.#findings.warnings.push({ ...this.place(path), message, code });
  }

  #locate(at: number, path: KeyPath): Place {
    return { file: this.#file, ...this.#lines.locate(at), path: formatKeyPath(path) };
  }
}
