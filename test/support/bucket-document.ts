import type { BucketReferer } from '#refgate/manage/oss/bucket-referer.js';

/**
 * The document of a configuration, written without the product's code, and in another order. What is left out is as of
 * a bucket that was never set.
 */
export function bucketDocument(bucket: Partial<BucketReferer>): string {
  const { allowEmptyReferer = true, allowTruncateQueryString = true, truncatePath = false } = bucket;
  return `<RefererConfiguration>
${list('RefererBlacklist', bucket.refererBlacklist ?? [], byNumber)}
<TruncatePath>${truncatePath}</TruncatePath>
${list('RefererList', bucket.refererList ?? [], asSection)}
<AllowTruncateQueryString> ${allowTruncateQueryString}</AllowTruncateQueryString>
<AllowEmptyReferer>${String(allowEmptyReferer).toUpperCase()}</AllowEmptyReferer>
</RefererConfiguration>`;
}

function list(name: string, texts: readonly string[], write: (text: string) => string): string {
  return `<${name}>${texts.map((text) => `<Referer>\n${write(text)} </Referer>`).join('')}</${name}>`;
}

/** Every character by its number, which no parser can mistake. */
export function byNumber(text: string): string {
  return Array.from(text, (character) => `&#${character.codePointAt(0)};`).join('');
}

function asSection(text: string): string {
  return text.includes(']]>') ? byNumber(text) : `<![CDATA[${text}]]>`;
}
