import { describeValue } from '../../rules/describe-value.js';
import { quote } from '../../rules/key-path.js';
import { type TreeNode, toPlain } from '../../rules/parse/syntax-tree.js';
import { ImportProblem } from '../import-problem.js';

/** A value of a JSON text that knows its line. What is not of the expected kind throws an `ImportProblem`. */
export class JsonValue {
  /** From 1. */
  readonly line: number;
  readonly #node: TreeNode;
  readonly #lineAt: (offset: number) => number;
  /** How messages call it. */
  readonly #name: string;

  constructor(node: TreeNode, lineAt: (offset: number) => number, name = 'the value') {
    this.#node = node;
    this.#lineAt = lineAt;
    this.#name = name;
    this.line = lineAt(node.at);
  }

  /** The same value, as if all of it stood in one line. */
  movedTo(line: number): JsonValue {
    return new JsonValue(this.#node, () => line, this.#name);
  }

  get isObject(): boolean {
    return this.#node.kind === 'mapping';
  }

  get isList(): boolean {
    return this.#node.kind === 'list';
  }

  get isNull(): boolean {
    return this.#node.kind === 'scalar' && this.#node.value === null;
  }

  get isText(): boolean {
    return this.#node.kind === 'scalar' && typeof this.#node.value === 'string';
  }

  /** Members of an object with their names, in order; none of anything else. */
  members(): readonly (readonly [name: string, value: JsonValue])[] {
    if (this.#node.kind !== 'mapping') return [];
    return this.#node.pairs.map(({ key, value }) => [key, this.#below(value, quote(key))] as const);
  }

  /** The first member that there is of some names; `null` counts as absent. */
  get(...names: readonly string[]): JsonValue | undefined {
    if (this.#node.kind !== 'mapping') return undefined;
    for (const name of names) {
      const pair = this.#node.pairs.find(({ key }) => key === name);
      const value = pair && this.#below(pair.value, quote(name));
      if (value !== undefined && !value.isNull) return value;
    }
    return undefined;
  }

  items(): readonly JsonValue[] {
    if (this.#node.kind !== 'list') return this.fail('a list');
    return this.#node.items.map((item) => this.#below(item, `each item of ${this.#name}`));
  }

  text(): string {
    return this.#node.kind === 'scalar' && typeof this.#node.value === 'string' ? this.#node.value : this.fail('text');
  }

  /** Text, or a number as text: APIs differ in whether identifiers have quotes. */
  identifier(): string {
    return this.#node.kind === 'scalar' && typeof this.#node.value === 'number'
      ? String(this.#node.value)
      : this.text();
  }

  boolean(): boolean {
    return this.#node.kind === 'scalar' && typeof this.#node.value === 'boolean'
      ? this.#node.value
      : this.fail('true or false');
  }

  /** One of some words, in any case. */
  word<const T extends string>(...words: readonly T[]): T {
    const given = this.text().trim().toLowerCase();
    return words.find((word) => word.toLowerCase() === given) ?? this.fail(words.map(quote).join(' or '));
  }

  fail(expected: string): never {
    const found = describeValue(toPlain(this.#node));
    throw new ImportProblem(`${this.#name}: expected ${expected}, got ${found}`, this.line);
  }

  #below(node: TreeNode, name: string): JsonValue {
    return new JsonValue(node, this.#lineAt, name);
  }
}
