/** What a bucket's hotlink protection says, in plain values. */
export interface OssBucket {
  readonly allowEmpty: boolean;
  readonly truncateQuery: boolean;
  readonly truncatePath: boolean;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** The document that PutBucketReferer is sent. */
export function ossDocument({ allowEmpty, truncateQuery, truncatePath, allow, deny }: OssBucket): string {
  const items = (entries: readonly string[]) =>
    entries.map((each) => `<Referer>${each.replaceAll('&', '&amp;')}</Referer>`);
  return [
    '<RefererConfiguration>',
    `<AllowEmptyReferer>${allowEmpty}</AllowEmptyReferer>`,
    `<AllowTruncateQueryString>${truncateQuery}</AllowTruncateQueryString>`,
    `<TruncatePath>${truncatePath}</TruncatePath>`,
    `<RefererList>${items(allow).join('')}</RefererList>`,
    `<RefererBlacklist>${items(deny).join('')}</RefererBlacklist>`,
    '</RefererConfiguration>',
  ].join('\n');
}

/** The order of checks as Alibaba OSS documents it ("Hotlink protection"), written down without a thought of speed. */
export function ossAllows(bucket: OssBucket, referer: string): boolean {
  const { allow, deny, allowEmpty } = bucket;
  if (referer === '') return allowEmpty || allow.length === 0;
  const text = truncate(referer, bucket);
  if (deny.some((entry) => covers(entry, text))) return false;
  return allow.length === 0 || allow.some((entry) => covers(entry, text));
}

function truncate(referer: string, { truncateQuery, truncatePath }: OssBucket): string {
  const [withoutQuery = ''] = truncateQuery ? referer.split('?') : [referer];
  return truncatePath ? withoutQuery.replace(/^([^/]*\/\/[^/]*\/).*$/, '$1') : withoutQuery;
}

/** A prefix in any case, `*` for any run and `?` for one character. */
function covers(entry: string, text: string): boolean {
  const source = entry
    .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}`, 'isu').test(text);
}
