import { xmlText } from '../../transport/oss-error-document.js';
import type { BucketReferer } from './bucket-referer.js';

/**
 * The document that GetBucketReferer answers. SDKs are particular about it: `RefererList` is always there (ali-oss and
 * Terraform fail without it), booleans are in lower case and nothing is in a namespace (oss2).
 */
export function writeBucketReferer(referer: BucketReferer): string {
  const lines = [
    element('AllowEmptyReferer', referer.allowEmptyReferer),
    element('AllowTruncateQueryString', referer.allowTruncateQueryString),
    element('TruncatePath', referer.truncatePath),
    list('RefererList', referer.refererList),
    ...(referer.refererBlacklist.length > 0 ? [list('RefererBlacklist', referer.refererBlacklist)] : []),
  ];
  const header = '<?xml version="1.0" encoding="UTF-8"?>';
  return `${header}\n<RefererConfiguration>\n${lines.join('\n')}\n</RefererConfiguration>\n`;
}

function element(name: string, value: boolean): string {
  return `  <${name}>${value}</${name}>`;
}

function list(name: string, entries: readonly string[]): string {
  if (entries.length === 0) return `  <${name}/>`;
  const lines = entries.map((entry) => `    <Referer>${xmlText(entry)}</Referer>\n`);
  return `  <${name}>\n${lines.join('')}  </${name}>`;
}
