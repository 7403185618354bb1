import type { Truncation } from '../model/policy.js';

/** `https://` and the host, or as much of a text as would be one. Like URLs, and unlike `a/b://`, from the first character. */
const SCHEME = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i;

/**
 * The part of a Referer that is compared. The query begins at the first `?`, the path at the first slash behind the
 * host, which stays: `http://a.example/x?y` → `http://a.example/x` or `http://a.example/`. A text without `://` is
 * taken to begin with its host: `a.example/x` → `a.example/`.
 */
export function truncateReferer(text: string, truncation: Truncation): string {
  if (truncation === 'nothing') return text;
  const query = text.indexOf('?');
  const withoutQuery = query < 0 ? text : text.slice(0, query);
  return truncation === 'path' ? withoutPath(withoutQuery) : withoutQuery;
}

function withoutPath(text: string): string {
  const hostStart = SCHEME.exec(text)?.[0].length ?? 0;
  const slash = text.indexOf('/', hostStart);
  return slash < 0 ? text : text.slice(0, slash + 1);
}
