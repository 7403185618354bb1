import type { Losses } from '../losses.js';
import { LeftOut } from './left-out.js';
import { readRefererGroup } from './referer-group.js';
import { readRequestGroup } from './request-groups.js';
import type { RewriteRule } from './rewrite-rules.js';
import { emptyDraft, type RuleDraft } from './rule-draft.js';

const refererTest = /^%\{(?:HTTP_REFERER|HTTP:Referer)\}$/i;

/** True where a rule decides on the Referer. */
export function isAboutReferer({ groups }: RewriteRule): boolean {
  return groups.flat().some(({ test }) => /HTTP_REFERER|HTTP:Referer/i.test(test));
}

/**
 * Reads the conditions of a rule: all groups must hold for the rule to deny.
 *
 * @throws LeftOut for a condition that has no counterpart, since without it the rule would cover more
 */
export function readConditions(rule: RewriteRule, losses: Losses): RuleDraft {
  const draft = emptyDraft();
  for (const group of rule.groups) {
    if (group.every(({ test }) => refererTest.test(test))) readRefererGroup(group, draft);
    else readRequestGroup(group, draft, losses);
  }
  if (draft.deny !== undefined && draft.allow.length > 0) {
    throw new LeftOut(rule.line, 'it denies Referers that are on one list and not on another');
  }
  return draft;
}
