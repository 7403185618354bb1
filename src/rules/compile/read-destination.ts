import { distance } from 'fastest-levenshtein';
import { quote } from '../key-path.js';

/**
 * The values of Sec-Fetch-Dest (Fetch Metadata Request Headers §2.1, which sends a request's destination as Fetch §2.2.5
 * lists them, `empty` for the empty one). Another word would never hold, and its policy would protect nothing.
 */
const DESTINATIONS: ReadonlySet<string> = new Set([
  ...['audio', 'audioworklet', 'document', 'embed', 'empty', 'fencedframe', 'font', 'frame', 'iframe', 'image'],
  ...['json', 'manifest', 'object', 'paintworklet', 'report', 'script', 'serviceworker', 'sharedstorageworklet'],
  ...['sharedworker', 'speculationrules', 'style', 'text', 'track', 'video', 'webidentity', 'worker', 'xslt'],
]);

/** `vidoe` and `images` are misspelt; `picture` is no browser's word for anything. */
const MOST_EDITS = 2;

/** A word of `destinations`, in lower case as browsers send it. */
export function readDestination(text: string): string | { problem: string } {
  const word = text.toLowerCase();
  if (DESTINATIONS.has(word)) return word;
  const meant = [...DESTINATIONS].find((known) => distance(known, word) <= MOST_EDITS);
  const advice =
    meant === undefined
      ? 'expected one that browsers send, such as image, video or document'
      : `did you mean ${quote(meant)}?`;
  return { problem: `unknown destination ${quote(text)}; ${advice}` };
}
