/** Whether a text begins with what an entry of the oss dialect covers. By trying every way, character by character. */
export function textEntryCovers(entry: string, text: string): boolean {
  return begins([...entry], [...text]);
}

function begins(entry: readonly string[], text: readonly string[]): boolean {
  const [token, ...rest] = entry;
  if (token === undefined) return true;
  if (token === '*') return begins(rest, text) || (text.length > 0 && begins(entry, text.slice(1)));
  const [character, ...others] = text;
  if (character === undefined) return false;
  return (token === '?' || token.toLowerCase() === character.toLowerCase()) && begins(rest, others);
}

/** What of a Referer is compared, by taking it apart at its slashes. */
export function truncated(referer: string, truncation: 'nothing' | 'query' | 'path'): string {
  if (truncation === 'nothing') return referer;
  const [withoutQuery = ''] = referer.split('?');
  if (truncation === 'query') return withoutQuery;
  const parts = withoutQuery.split('/');
  const hasScheme = parts.length > 2 && parts[1] === '' && /^([a-z][a-z0-9.+-]*:)?$/i.test(parts[0] ?? '');
  const untilHost = hasScheme ? 3 : 1;
  return parts.slice(0, untilHost).join('/') + (parts.length > untilHost ? '/' : '');
}
