import type { EmptyAnswer, RefererRules } from '../../model/policy.js';
import type { PolicyDraft } from '../validate/validate.js';
import { compileEntries } from './compile-entries.js';
import type { PolicyScope } from './policy-scope.js';

type RefererDraft = NonNullable<PolicyDraft['referer']>;

/** The `referer` of a policy. A list that is given and empty matches nothing; one that is not given is `undefined`. */
export async function compileReferer(draft: RefererDraft, scope: PolicyScope): Promise<RefererRules> {
  const path = [...scope.path, 'referer'];
  const options = { exact: draft.exact ?? false, schemes: new Set(['http', 'https']) };
  const errorsBefore = scope.session.findings.errors.length;
  const allow = draft.allow && (await compileEntries(draft.allow, [...path, 'allow'], scope, options));
  const isSound = scope.session.findings.errors.length === errorsBefore;
  if (allow?.size === 0 && isSound && !scope.silence.has('allow-list-empty')) {
    scope.findings.warn('allow-list-empty', [...path, 'allow'], ALLOWS_NOTHING);
  }
  const deny = draft.deny && (await compileEntries(draft.deny, [...path, 'deny'], scope, options));
  const empty = readEmpty(draft.empty);
  const isEasilyAvoided = deny !== undefined && allow === undefined && empty.absent === 'allow';
  if (isEasilyAvoided && !scope.silence.has('allow-empty-with-deny-list')) {
    scope.findings.warn('allow-empty-with-deny-list', [...path, 'empty'], EASILY_AVOIDED);
  }
  if (draft.verifyFallback !== undefined && !saysVerify(draft)) {
    scope.findings.wrongKey([...path, 'verifyFallback'], FALLBACK_OF_NOTHING);
  }
  return {
    allow,
    deny,
    ...empty,
    verifyFallback: draft.verifyFallback ?? 'allow',
    invalid: draft.invalid ?? 'lists',
    ignoreScheme: draft.ignoreScheme ?? false,
    allowSelf: draft.allowSelf ?? true,
    schemes: options.schemes,
  };
}

const ALLOWS_NOTHING =
  'the allow list is empty, so every Referer but the own host is denied; leave the key out to allow all, or silence allow-list-empty';

const EASILY_AVOIDED =
  'a page on the deny list need only send no Referer to pass; deny an empty one, or silence allow-empty-with-deny-list';

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
