import { quote } from '../../rules/key-path.js';
import { formatBytes, LIMITS } from '../../rules/limits.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import { ImportProblem, orFailure } from '../import-problem.js';
import type { Imported, ImportFailure, ImportSource } from '../imported.js';
import { Losses } from '../losses.js';
import { readRefererConfiguration } from './read-referer-configuration.js';
import type { RefererConfiguration, XmlText } from './referer-configuration.js';

/**
 * Reads the RefererConfiguration of an Alibaba OSS bucket. Its rules are the oss dialect's own, so nothing has to be
 * translated: empty first, then the deny list, then the allow list, and an empty allow list checks nothing.
 */
export function importOss(source: ImportSource): Promise<Imported | ImportFailure> {
  return orFailure(source, async () => toPolicy(await configurationOf(source), source));
}

const comments = [
  'OSS does not check requests with an Authorization header; presigned URLs it does check.',
  'Entries are texts that a Referer begins with: http://a.example covers http://a.example.org/ too. End them with /.',
];

const unsaidTruncation =
  'AllowTruncateQueryString is not said: taken for true, as in the console and the SDKs; the API reference says false.';

async function configurationOf({ text }: ImportSource): Promise<RefererConfiguration> {
  const read = await readRefererConfiguration(text);
  if (!read.ok) throw new ImportProblem(read.problem.problem, read.problem.line);
  return read.configuration;
}

function toPolicy(configuration: RefererConfiguration, source: ImportSource): Imported {
  const { allowEmptyReferer, allowTruncateQueryString, truncatePath, refererList, refererBlacklist } = configuration;
  const losses = new Losses(source);
  const allow = readEntries(refererList, losses);
  const deny = readEntries(refererBlacklist, losses);
  const [first] = refererList;
  // An empty allow list checks nothing: a file without its entries would let everybody in.
  if (first !== undefined && allow.length === 0) {
    throw new ImportProblem(`no entry of <RefererList> has at most ${formatBytes(LIMITS.patternBytes)}`, first.line);
  }
  const referer = {
    dialect: 'oss',
    ...(allow.length > 0 && { allow }),
    ...(deny.length > 0 && { deny }),
    empty: allowEmptyReferer ? 'allow' : 'deny',
    truncateQuery: allowTruncateQueryString ?? true,
    truncatePath,
  } as const;
  const policy: PolicySource = {
    name: 'oss-bucket',
    referer,
    exempt: { authorization: true },
    onDeny: { format: 'oss-xml' },
  };
  const unsaid = allowTruncateQueryString === undefined && !truncatePath ? [unsaidTruncation] : [];
  return { policies: [{ policy, comments: [...comments, ...unsaid] }], losses: losses.list };
}

/** Any text is an entry, up to the length that refgate bounds patterns by; what comes twice is written once. */
function readEntries(list: readonly XmlText[], losses: Losses): string[] {
  const entries = new Set<string>();
  for (const { text, line } of list) {
    if (Buffer.byteLength(text) <= LIMITS.patternBytes) entries.add(text);
    else losses.changing(line, `entry ${quote(text)}: longer than ${formatBytes(LIMITS.patternBytes)}`);
  }
  return [...entries];
}
