import type { Decision } from '../model/decision.js';
import { FrequentItems } from './frequent-items.js';
import type { LogRecord } from './log-record.js';

/** A count is at most one in so many of the denied lines too low. */
const capacity = 10_000;

/** The Referer hosts and the paths that are denied most often. */
export class DeniedLists {
  /** Hosts of Referers; a denied line without a readable Referer has none. */
  readonly referers = new FrequentItems(capacity);
  /** Paths as logged, without the query. */
  readonly paths = new FrequentItems(capacity);

  add({ refererHost }: Decision, { target }: LogRecord): void {
    if (refererHost !== '') this.referers.add(refererHost);
    this.paths.add(pathOf(target));
  }
}

/** Of an absolute-form target too: `http://cdn.example/a.jpg?x` → `/a.jpg`. */
function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?#]*/i, '');
  const query = path.indexOf('?');
  return (query < 0 ? path : path.slice(0, query)) || '/';
}
