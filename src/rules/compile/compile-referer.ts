import type { EmptyAnswer, HostRules, OssRules, RefererAnswers, RefererRules, Truncation } from '../../model/policy.js';
import type { KeyPath } from '../key-path.js';
import type { PolicyDraft } from '../validate/validate.js';
import { compileEntries } from './compile-entries.js';
import { hostDialect } from './host-list.js';
import { OSS_DIALECT } from './oss-list.js';
import type { PolicyScope } from './policy-scope.js';

type RefererDraft = NonNullable<PolicyDraft['referer']>;

/** The `referer` of a policy. */
export async function compileReferer(draft: RefererDraft, scope: PolicyScope): Promise<RefererRules> {
  const path = [...scope.path, 'referer'];
  if (draft.verifyFallback !== undefined && !saysVerify(draft)) {
    scope.findings.wrongKey([...path, 'verifyFallback'], FALLBACK_OF_NOTHING);
  }
  return draft.dialect === 'oss' ? compileOss(draft, path, scope) : compileHost(draft, path, scope);
}

/** A list that is given and empty matches nothing; one that is not given is `undefined`. */
async function compileHost(draft: RefererDraft, path: KeyPath, scope: PolicyScope): Promise<HostRules> {
  checkOssKeys(draft, path, scope);
  const dialect = hostDialect(scope.session.tally, draft.exact ?? false);
  const compile = (drafts: RefererDraft['allow'], key: 'allow' | 'deny') =>
    drafts && compileEntries(drafts, [...path, key], scope, dialect);
  const [allow, deny] = [await compile(draft.allow, 'allow'), await compile(draft.deny, 'deny')];
  const schemes = new Set(['http', 'https', ...(allow?.schemes ?? []), ...(deny?.schemes ?? [])]);
  const { ignoreScheme = false } = draft;
  const lists = { allow: allow?.matcher, deny: deny?.matcher };
  return { dialect: 'host', ...lists, ...answersOf(draft), ignoreScheme, schemes };
}

/** A list that is empty is not given: that is how a bucket's list is cleared. Then an empty Referer is not asked about. */
async function compileOss(draft: RefererDraft, path: KeyPath, scope: PolicyScope): Promise<OssRules> {
  const compile = async (key: 'allow' | 'deny') => {
    const { matcher } = await compileEntries(draft[key] ?? [], [...path, key], scope, OSS_DIALECT);
    return matcher.size === 0 ? undefined : matcher;
  };
  const [allow, deny] = [await compile('allow'), await compile('deny')];
  const answers = answersOf(draft);
  const empty = allow === undefined ? NOTHING_CHECKED : {};
  return { dialect: 'oss', allow, deny, ...answers, ...empty, truncate: readTruncation(draft, path, scope) };
}

const NOTHING_CHECKED = { absent: 'allow', blank: 'allow' } as const;

function answersOf(draft: RefererDraft): RefererAnswers {
  return {
    ...readEmpty(draft.empty),
    verifyFallback: draft.verifyFallback ?? 'allow',
    invalid: draft.invalid ?? 'lists',
    allowSelf: draft.allowSelf ?? true,
  };
}

function readTruncation(
  { truncateQuery = true, truncatePath = false }: RefererDraft,
  path: KeyPath,
  scope: PolicyScope,
): Truncation {
  if (truncatePath && !truncateQuery) scope.findings.wrong([...path, 'truncatePath'], PATH_WITHOUT_QUERY);
  if (truncatePath) return 'path';
  return truncateQuery ? 'query' : 'nothing';
}

/** What the schema refused as a dialect may have been meant for `oss`: it is reported already. */
function checkOssKeys(draft: RefererDraft, path: KeyPath, { findings }: PolicyScope): void {
  if ('dialect' in draft && draft.dialect === undefined) return;
  for (const key of ['truncateQuery', 'truncatePath'] as const) {
    if (key in draft) findings.wrongKey([...path, key], OF_OSS_DIALECT);
  }
}

const OF_OSS_DIALECT = 'this is a key of the oss dialect only; write "dialect: oss" beside it, or leave it out';

const PATH_WITHOUT_QUERY =
  'the path cannot be cut off while the query behind it stays; leave "truncateQuery: false" out, or this';

const FALLBACK_OF_NOTHING =
  'this is what "empty: verify" falls back on; write "empty: verify" beside it, or leave it out';

/** What the schema refused may have been meant for `verify`: it is reported already. */
function saysVerify(draft: RefererDraft): boolean {
  const { empty } = draft;
  const answers = typeof empty === 'object' ? Object.values(empty) : [empty];
  return answers.includes('verify') || ('empty' in draft && answers.includes(undefined));
}

/** What is not given is denied: `empty: { absent: allow }` says nothing of a blank Referer. */
function readEmpty(draft: RefererDraft['empty']): { absent: EmptyAnswer; blank: EmptyAnswer } {
  const { absent, blank } = typeof draft === 'string' ? { absent: draft, blank: draft } : (draft ?? {});
  return { absent: absent ?? 'deny', blank: blank ?? 'deny' };
}
