/** What well-formed JSON may hold and a policy may not. */
export type JsonFault =
  | { readonly kind: 'repeated'; readonly key: string; readonly at: number }
  | { readonly kind: 'deep' };

/**
 * The first key that an object has twice, since readers keep the first of them, the last or none (RFC 8259 §4), or that
 * objects and lists are nested beyond a number of levels. One pass without recursion, over a text that `JSON.parse` takes.
 */
export function findJsonFault(text: string, levels: number): JsonFault | undefined {
  /** Of every object or list that is open, the keys so far. */
  const open: Set<string>[] = [];
  for (const mark of marksOf(text)) {
    if (mark === 'close') open.pop();
    else if (mark === 'open') {
      if (open.push(new Set()) > levels) return { kind: 'deep' };
    } else {
      const keys = open.at(-1);
      if (keys?.has(mark.key)) return { kind: 'repeated', ...mark };
      keys?.add(mark.key);
    }
  }
  return undefined;
}

type Mark = 'open' | 'close' | { readonly key: string; readonly at: number };

/** Where objects and lists begin and end, and the keys between; the marks inside of strings are none. */
function* marksOf(text: string): Generator<Mark> {
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      if (isFollowedByColon(text, end)) yield { key: JSON.parse(text.slice(at, end)) as string, at };
      at = end - 1;
    } else if ('{['.includes(character)) yield 'open';
    else if ('}]'.includes(character)) yield 'close';
  }
}

/** The offset behind the quote that ends the string. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (/\s/.test(text.charAt(at))) at += 1;
  return text[at] === ':';
}
