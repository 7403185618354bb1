import { ImportProblem } from '../import-problem.js';
import { splitArguments } from './split-arguments.js';

/** A container around a directive: `<FilesMatch "\.jpg$">`. */
export interface Container {
  /** Lower case. */
  readonly name: string;
  readonly args: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** A directive of an Apache configuration. */
export interface Directive extends Container {
  /** From the outermost in; without `<IfModule>` and the like, which only ask whether Apache can do it. */
  readonly containers: readonly Container[];
}

/** Apache itself stops at 128 (`MAX_INCLUDE_DIR_DEPTH` and the like); nobody nests by hand so deep. */
const deepest = 64;

const transparent = new Set(['ifmodule', 'ifversion', 'ifdefine']);

const nameForm = /^[a-z][a-z0-9_:]*$/i;

/**
 * Reads directives: one a line, continued by a backslash at its end, `#` for comments (Apache: "Configuration Files",
 * "Syntax of the Configuration Files").
 *
 * @throws ImportProblem where a line is no directive, or containers are not closed in order
 */
export function readDirectives(text: string): readonly Directive[] {
  const directives: Directive[] = [];
  const open: Container[] = [];
  for (const { text: written, line } of logicalLines(text)) {
    const container = /^<(\/?)\s*([^\s>]+)(.*?)>?$/s.exec(written);
    if (container === null) directives.push({ ...readWords(written, line), containers: visible(open) });
    else if (container[1] === '/') close(container[2] ?? '', open, line);
    else if (open.length >= deepest) throw new ImportProblem(`containers nested more than ${deepest} deep`, line);
    else open.push(readWords(`${container[2] ?? ''} ${container[3] ?? ''}`, line));
  }
  const last = open.at(-1);
  if (last !== undefined) throw new ImportProblem(`<${last.name}> is not closed`, last.line);
  return directives;
}

function visible(open: readonly Container[]): readonly Container[] {
  return open.filter(({ name }) => !transparent.has(name));
}

function close(name: string, open: Container[], line: number): void {
  const last = open.pop();
  if (last?.name === name.toLowerCase()) return;
  throw new ImportProblem(`</${name}> closes ${last === undefined ? 'nothing' : `<${last.name}>`}`, line);
}

function readWords(written: string, line: number): Container {
  const [name = '', ...args] = splitArguments(written);
  if (nameForm.test(name)) return { name: name.toLowerCase(), args, line };
  throw new ImportProblem(`expected a directive of Apache, got ${JSON.stringify(name.slice(0, 40))}`, line);
}

/** Lines with what continues them, without comments and blank ones; `line` is that of the beginning. */
function* logicalLines(text: string): Iterable<{ text: string; line: number }> {
  let pieces: string[] = [];
  let begun = 0;
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    if (pieces.length === 0) begun = line;
    const written = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const isContinued = written.endsWith('\\');
    pieces.push(isContinued ? written.slice(0, -1) : written);
    if (isContinued) continue;
    yield* directiveIn(pieces, begun);
    pieces = [];
  }
  yield* directiveIn(pieces, begun);
}

function* directiveIn(pieces: readonly string[], line: number): Iterable<{ text: string; line: number }> {
  const text = pieces.join('').trim();
  if (text !== '' && !text.startsWith('#')) yield { text, line };
}
