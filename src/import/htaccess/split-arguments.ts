/**
 * Splits a directive at white space. An argument may stand in quotes, in which a backslash escapes the quote; outside
 * of them it keeps a following space in the argument, as mod_rewrite has it. Other backslashes belong to expressions.
 *
 * Character by character, since a line may be as long as the file, and regular expressions keep a stack of what they
 * have repeated.
 */
export function splitArguments(line: string): string[] {
  const words: string[] = [];
  let at = skipSpace(line, 0);
  while (at < line.length) {
    const first = line.charAt(at);
    const word = first === '"' || first === "'" ? readQuoted(line, at) : readBare(line, at);
    words.push(word.text);
    at = skipSpace(line, word.end);
  }
  return words;
}

interface Word {
  readonly text: string;
  readonly end: number;
}

/** A quote that is not closed ends with the line. */
function readQuoted(line: string, start: number): Word {
  const quote = line.charAt(start);
  let end = start + 1;
  while (end < line.length && line.charAt(end) !== quote) end += line.charAt(end) === '\\' ? 2 : 1;
  return { text: line.slice(start + 1, end).replaceAll(`\\${quote}`, quote), end: end + 1 };
}

function readBare(line: string, start: number): Word {
  let end = start;
  while (end < line.length && !isSpace(line.charAt(end))) end += line.charAt(end) === '\\' ? 2 : 1;
  return { text: line.slice(start, end).replace(/\\(\s)/g, '$1'), end };
}

function skipSpace(line: string, start: number): number {
  let at = start;
  while (at < line.length && isSpace(line.charAt(at))) at += 1;
  return at;
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}
