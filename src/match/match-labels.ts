import { type Glob, matchesGlob } from './glob.js';

/** A label of a host pattern, or zero or more labels of any kind. */
export type LabelToken = Glob | 'any-labels';

/**
 * Whether the labels, left to right, cover the host's first `end` characters, which end before a dot or with the host;
 * an `end` of -1 means no label at all. From the right, since most patterns that fail do so near the right end.
 *
 * Two pointers again: on a mismatch the last `any-labels` takes one label more. A host of 16 KB of `a.a.a…` costs one
 * attempt of the labels behind the last `any-labels` for each of its labels, and no more.
 */
export function matchesLabels(labels: readonly LabelToken[], host: string, end: number): boolean {
  let next = labels.length - 1;
  let stop = end;
  let retry = -1;
  let retryStop = -1;
  while (next >= 0 || stop >= 0) {
    const label = labels[next];
    if (label === 'any-labels') {
      if (next === 0) return true;
      retry = --next;
      retryStop = stop;
      continue;
    }
    const start = stop < 0 ? 0 : host.lastIndexOf('.', stop - 1) + 1;
    if (label !== undefined && stop >= 0 && matchesGlob(label, host, start, stop)) {
      next--;
      stop = start - 1;
      continue;
    }
    if (retry < 0 || retryStop < 0) return false;
    retryStop = host.lastIndexOf('.', retryStop - 1);
    stop = retryStop;
    next = retry;
  }
  return true;
}
