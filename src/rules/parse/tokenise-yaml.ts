import { setImmediate } from 'node:timers/promises';
import { type CST, Lexer, Parser } from 'yaml';
import { formatCount, type Limits } from '../limits.js';
import { nestingMessage, type SyntaxProblem } from './syntax-problem.js';

/** Tokens between two turns of the event loop, a millisecond: the files that management edits are parsed beside requests. */
const TOKENS_PER_TURN = 2_000;

/** Levels that the parser's stack may hold beside mappings and lists: the document, and the scalar being read. */
const STACK_SLACK = 4;

/**
 * Cuts a text into the tokens of its documents, with a parser that keeps its own stack: 100,000 times `[` would
 * overflow the recursive step after it. Stops at the limits, and once there are more errors than are told.
 */
export async function tokeniseYaml(
  text: string,
  limits: Limits,
): Promise<{ tokens: CST.Token[]; problem?: SyntaxProblem }> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors += 1;
    }
    if (parser.stack.length > limits.nesting + STACK_SLACK) {
      return { tokens, problem: { at: parser.offset, message: nestingMessage(limits) } };
    }
    if (errors > limits.errorsShown) return { tokens };
    count += 1;
    if (count > limits.tokens) return { tokens, problem: { at: parser.offset, message: tooManyTokens(limits) } };
    if (count % TOKENS_PER_TURN === 0) await setImmediate();
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function tooManyTokens({ tokens }: Limits): string {
  return `more than ${formatCount(tokens)} words and marks in one file; split it, or put entries in a list file`;
}
