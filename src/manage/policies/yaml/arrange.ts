/** An item that was there, in lines that each have their end. */
export interface OldItem {
  /** The comments and empty lines before it. */
  readonly lead: string;
  /** Its own comments, which stay when it goes. */
  readonly comments: string;
}

/** An item of what comes out. */
export interface Part {
  /** Its place among the items that were there; `undefined`: it is new. */
  readonly from: number | undefined;
  /** Ends in a line break; without the indentation of its first line. */
  readonly text: string;
}

/** Lines of a collection. What is said before an item stays before it, and of one that goes before the next that stays. */
export function arrange(parts: readonly Part[], olds: readonly OldItem[], indent: number): string {
  const kept = new Set(parts.map(({ from }) => from));
  const leads = new Map<number | undefined, string>();
  let waiting = '';
  for (const [position, { lead, comments }] of olds.entries()) {
    waiting += lead;
    if (kept.has(position)) {
      leads.set(position, waiting);
      waiting = '';
    } else {
      waiting += comments;
    }
  }
  const pad = ' '.repeat(indent);
  return parts.map(({ from, text }) => `${leads.get(from) ?? ''}${pad}${text}`).join('') + waiting;
}

/** Comments on lines of their own. Each begins with its `#`. */
export function commentLines(comments: readonly string[], indent: number): string {
  return comments.map((comment) => `${' '.repeat(indent)}${comment}\n`).join('');
}

/** The text with a line break at its end. */
export function endLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
