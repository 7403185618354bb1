import type { RefererRules } from '../../model/policy.js';
import type { PolicyScope } from '../compile/policy-scope.js';
import type { PolicyDraft } from '../validate/validate.js';
import { lintEmptyAnswers } from './empty-answers.js';
import { lintHostLists } from './host-lists.js';
import { inlineTexts } from './inline-texts.js';
import { lintOssLists } from './oss-lists.js';
import { PolicyWarnings } from './policy-warnings.js';
import { lintSilence } from './silence.js';

/**
 * Warns of what is legal in a policy and probably not meant, as far as the policy alone shows it. Of entries only those
 * in the rule file are judged: a list file of millions is made by a program, and comes from elsewhere.
 *
 * @param draft - the policy, without mistakes
 * @param rules - what its `referer` was compiled into
 */
export function lintPolicy(draft: PolicyDraft, rules: RefererRules, scope: PolicyScope): void {
  const warnings = new PolicyWarnings(scope);
  const referer = draft.referer ?? {};
  const lists = { allow: inlineTexts('allow', referer.allow), deny: inlineTexts('deny', referer.deny) };
  lintSilence(draft.silence ?? [], warnings);
  lintEmptyAnswers(rules, warnings);
  if (rules.dialect === 'oss') lintOssLists(lists, warnings);
  else lintHostLists(lists, referer.exact ?? false, warnings);
  warnings.close();
}
