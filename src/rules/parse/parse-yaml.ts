import type { Limits } from '../limits.js';
import { buildTree } from './build-tree.js';
import { composeYaml } from './compose-yaml.js';
import type { ParsedYaml, SyntaxProblem } from './syntax-problem.js';
import { tokeniseYaml } from './tokenise-yaml.js';

/**
 * Reads one YAML 1.2 document, JSON included. Never throws for what is in it. `expected` says what an empty file should
 * have held.
 */
export async function parseYaml(text: string, limits: Limits, expected = POLICIES): Promise<ParsedYaml> {
  const { tokens, problem } = await tokeniseYaml(text, limits);
  if (problem) return { root: undefined, problems: [problem] };
  const { document, problems } = composeYaml(tokens, text.length, limits.errorsShown);
  if (problems.length > 0) return { root: undefined, problems: shorten(problems, limits) };
  const contents = document?.contents;
  if (!contents || isNothing(text, contents.range)) {
    return { root: undefined, problems: [{ at: 0, message: `the file is empty; expected ${expected}` }] };
  }
  return buildTree(contents, limits);
}

const POLICIES = '"policies:" and a list ("policies: []" if there are none)';

/** A comment alone has contents too: an empty scalar of no length. */
function isNothing(text: string, range: readonly [number, number, number] | null | undefined): boolean {
  return range !== null && range !== undefined && text.slice(range[0], range[1]).trim() === '';
}

/** One missing quote can make thousands of errors of one file; the first ones tell. */
function shorten(problems: readonly SyntaxProblem[], limits: Limits): SyntaxProblem[] {
  const sorted = [...problems].sort((a, b) => a.at - b.at);
  const next = sorted[limits.errorsShown];
  const shown = sorted.slice(0, limits.errorsShown);
  return next ? [...shown, { at: next.at, message: '… and more errors in this file' }] : shown;
}
