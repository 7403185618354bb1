import { readRefererConfiguration } from '../../import/oss/read-referer-configuration.js';
import type { ConfigurationProblem, RefererConfiguration, XmlText } from '../../import/oss/referer-configuration.js';
import { quote } from '../../rules/key-path.js';
import { formatBytes } from '../../rules/limits.js';
import type { BucketReferer } from './bucket-referer.js';
import { EC, type OssFault } from './oss-fault.js';

/** Of both lists together, in UTF-8 bytes of their entries (Alibaba OSS: PutBucketReferer). */
const LONGEST_LISTS = 20_480;

/** What the body of a PutBucketReferer says. What it does not say is as if the bucket had never been set. */
export async function readBucketReferer(body: string): Promise<BucketReferer | OssFault> {
  const read = await readRefererConfiguration(body);
  return read.ok ? takeEntries(read.configuration) : problemFault(read.problem);
}

function takeEntries(configuration: RefererConfiguration): BucketReferer | OssFault {
  const { allowEmptyReferer, allowTruncateQueryString = true, truncatePath } = configuration;
  const { refererList, refererBlacklist } = configuration;
  const fault =
    checkLength([...refererList, ...refererBlacklist]) ??
    checkCharacters('RefererList', refererList) ??
    checkCharacters('RefererBlacklist', refererBlacklist);
  if (fault !== undefined) return fault;
  return {
    allowEmptyReferer,
    allowTruncateQueryString,
    truncatePath,
    refererList: refererList.map(({ text }) => text),
    refererBlacklist: refererBlacklist.map(({ text }) => text),
  };
}

function checkLength(entries: readonly XmlText[]): OssFault | undefined {
  const bytes = entries.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes <= LONGEST_LISTS) return undefined;
  const limit = formatBytes(LONGEST_LISTS);
  const message = `RefererList and RefererBlacklist hold ${formatBytes(bytes)} of entries; together at most ${limit}.`;
  return { code: 'InlineDataTooLarge', message };
}

const CONTROL = /\p{Cc}/u;

/** No Referer holds one (RFC 9110 §5.5), and logs would obey them. */
function checkCharacters(list: string, entries: readonly XmlText[]): OssFault | undefined {
  const bad = entries.find(({ text }) => CONTROL.test(text));
  if (bad === undefined) return undefined;
  const message = `${list}, line ${bad.line}: the entry ${quote(bad.text)} holds a control character.`;
  return { code: 'InvalidArgument', message, details: { ArgumentName: list, ArgumentValue: bad.text } };
}

function problemFault({ kind, line, problem }: ConfigurationProblem): OssFault {
  const message = `Line ${line}: ${problem}.`;
  switch (kind) {
    case 'malformed':
      return { code: 'MalformedXML', message };
    case 'allow-empty-missing':
      return { code: 'MalformedXML', ec: EC.allowEmptyRefererMissing, message };
    case 'not-boolean':
      return { code: 'MalformedXML', ec: EC.notBoolean, message };
    case 'path-without-query':
      return { code: 'InvalidArgument', message, details: { ArgumentName: 'TruncatePath', ArgumentValue: 'true' } };
  }
}
