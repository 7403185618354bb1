import { coversLabel } from './wildcard-label.js';

/** In place of a label: any number of labels of any kind, none too. No host holds a slash. */
export const ANY_LABELS = '/';

const SLASH = 0x2f;
const DOT = 0x2e;

/**
 * Whether the labels that lie in `bytes` from `start` to `end`, with dots between them, cover the host's first
 * `hostEnd` characters, which end before a dot or with the host; -1 means no label at all. From the right, since most
 * patterns that fail do so near the right end.
 *
 * Two pointers again: on a mismatch the last `ANY_LABELS` takes one label more. A host of 16 KB of `a.a.a…` costs one
 * attempt of the labels behind the last `ANY_LABELS` for each of its labels, and no more.
 */
export function coversLabels(bytes: Uint8Array, start: number, end: number, host: string, hostEnd: number): boolean {
  // Below `start`: there are no labels left, as in a pattern that is all suffix.
  let next = start === end ? start - 1 : end;
  let stop = hostEnd;
  let retry = -1;
  let retryStop = -1;
  while (next >= start || stop >= 0) {
    const label = next < start ? start : labelStart(bytes, start, next);
    if (next > label && bytes[label] === SLASH) {
      if (label === start) return true;
      next = label - 1;
      retry = next;
      retryStop = stop;
      continue;
    }
    const from = stop < 0 ? 0 : host.lastIndexOf('.', stop - 1) + 1;
    if (next >= start && stop >= 0 && coversLabel(bytes, label, next, host, from, stop)) {
      next = label - 1;
      stop = from - 1;
      continue;
    }
    if (retry < 0 || retryStop < 0) return false;
    retryStop = host.lastIndexOf('.', retryStop - 1);
    stop = retryStop;
    next = retry;
  }
  return true;
}

/** Where the label that ends at `end` begins. */
function labelStart(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] !== DOT) at--;
  return at;
}
