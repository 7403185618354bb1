/**
 * Whether a regular expression on the text after `://` can match only from the host's first character, and not by what
 * stands in a path: `^www\.google\.`, `^[^/]*\.google\.`. Not `\.google\.`, which `evil.example/.google.` matches, nor
 * `^.*\.google\.`, whose dot takes slashes too. Where that is not plain, the answer is no.
 */
export function beginsAtHost(pattern: string): boolean {
  return alternativesOf(tokensOf(pattern)).every(isAnchored);
}

/** Pieces that stand for themselves, so that an escaped or bracketed character is not taken for an operator. */
function tokensOf(pattern: string): string[] {
  return (
    pattern.match(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|\(\?(?:P?<\w+>|[a-zA-Z-]*[:)])|[\s\S]/g) ?? []
  );
}

/** The branches of a pattern, split at each `|` that no group encloses. */
function alternativesOf(tokens: readonly string[]): string[][] {
  const branches: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (opensGroup(token)) depth += 1;
    if (token === ')') depth -= 1;
    if (token === '|' && depth === 0) branches.push([]);
    else branches.at(-1)?.push(token);
  }
  return branches;
}

function isAnchored(branch: readonly string[]): boolean {
  const [first, ...rest] = branch;
  if (first === undefined) return false;
  if (/^\(\?[\w-]*\)$/.test(first)) return isAnchored(rest);
  if (first === '^' || first === '\\A') return staysInHost(rest);
  if (!opensGroup(first)) return false;
  const end = endOfGroup(rest);
  const mayBeLeftOut = ['?', '*', '{'].includes(rest[end + 1] ?? '');
  return !mayBeLeftOut && alternativesOf(rest.slice(0, end)).every(isAnchored) && staysInHost(rest.slice(end + 1));
}

/** Nothing that takes slashes is repeated before a slash, unless it is the end, where it may take what it likes. */
function staysInHost(tokens: readonly string[]): boolean {
  const slash = tokens.findIndex((token) => token === '/' || token === '\\/');
  const host = slash === -1 ? tokens : tokens.slice(0, slash);
  return host.every((token, index) => {
    const isRepeated = takesSlashes(token) && ['*', '+', '{'].includes(host[index + 1] ?? '');
    return !isRepeated || tokens.slice(index + 2).every((after) => after === '$' || after === '?');
  });
}

/** `[^.]` does so too, but before a path there is always a dot. */
function takesSlashes(token: string): boolean {
  if (token.startsWith('[^')) return !/[/.]/.test(token);
  return ['.', '\\S', '\\D', '\\W'].includes(token);
}

function opensGroup(token: string): boolean {
  return token === '(' || /^\(\?.*[:>]$/.test(token);
}

/** Position of the bracket that closes the group whose inside these tokens begin with. */
function endOfGroup(tokens: readonly string[]): number {
  let depth = 1;
  for (const [index, token] of tokens.entries()) {
    if (opensGroup(token)) depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}
