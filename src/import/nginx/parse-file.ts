import type { ImportFailure, ImportSource } from '../imported.js';
import type { Directive } from './directive.js';
import { holdsLua } from './lua-block.js';
import { type Statement, StatementReader } from './read-statement.js';

/** Blocks inside each other; real configurations have six or so. */
const DEEPEST = 100;

type Head = Pick<Directive, 'name' | 'args' | 'line'>;

/** Reads one file, whatever directives it has: which of them mean something is for others to tell. */
export function parseFile({ file, text }: ImportSource): readonly Directive[] | ImportFailure {
  const reader = new StatementReader(text);
  const tree = new OpenBlocks(file);
  for (;;) {
    const statement = reader.next();
    if (statement.kind === 'end' && tree.unclosed === undefined) return tree.root;
    const problem = take(statement, reader, tree);
    if (problem !== undefined) return { file, line: statement.line, problem };
  }
}

/** Adds a statement to the tree, or says why it has no place there. */
function take(statement: Statement, reader: StatementReader, tree: OpenBlocks): string | undefined {
  switch (statement.kind) {
    case 'problem':
      return statement.problem;
    case 'end':
      return `the file ends within the block of "${tree.unclosed?.name}", which begins in line ${tree.unclosed?.line}`;
    case 'closing':
      return tree.close() ? undefined : 'unexpected "}": no block is open';
    case 'simple':
      tree.add(headOf(statement), undefined);
      return undefined;
    case 'opening':
      return takeBlock(headOf(statement), reader, tree);
  }
}

function takeBlock(head: Head, reader: StatementReader, tree: OpenBlocks): string | undefined {
  if (!holdsLua(head.name)) return tree.open(head) ? undefined : `more than ${DEEPEST} blocks inside each other`;
  const code = reader.luaBlock();
  if (code === undefined) return `the Lua of "${head.name}" never ends`;
  // As if it were quoted, which is how older configurations have it.
  tree.add({ ...head, args: [...head.args, code] }, undefined);
  return undefined;
}

function headOf({ words, line }: Extract<Statement, { words: readonly string[] }>): Head {
  const [name = '', ...args] = words;
  return { name, args, line };
}

/** The blocks that are open at some line, the innermost last. */
class OpenBlocks {
  readonly root: Directive[] = [];
  readonly #file: string;
  readonly #open: { readonly head: Head; readonly directives: Directive[] }[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  get unclosed(): Head | undefined {
    return this.#open.at(-1)?.head;
  }

  add(head: Head, block: readonly Directive[] | undefined): void {
    const directives = this.#open.at(-1)?.directives ?? this.root;
    directives.push({ file: this.#file, ...head, block });
  }

  /** False: too deep. */
  open(head: Head): boolean {
    if (this.#open.length === DEEPEST) return false;
    this.#open.push({ head, directives: [] });
    return true;
  }

  /** False: none is open. */
  close(): boolean {
    const closed = this.#open.pop();
    if (closed === undefined) return false;
    this.add(closed.head, closed.directives);
    return true;
  }
}
