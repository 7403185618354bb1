import { compileRegex } from '../../match/regex.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { ImportedPolicy } from '../imported.js';
import type { Losses } from '../losses.js';
import { advice } from './advice.js';
import { denyAnswer } from './deny-answer.js';
import { LeftOut } from './left-out.js';
import { containerConditions, matchScope, type PathCondition, sparedPaths } from './match-scope.js';
import { policyReferer } from './policy-referer.js';
import { readConditions } from './read-conditions.js';
import type { RewriteRule } from './rewrite-rules.js';
import type { RuleDraft } from './rule-draft.js';

type OnDeny = NonNullable<PolicySource['onDeny']>;
type Match = NonNullable<PolicySource['match']>;

/**
 * The policy of one rule.
 *
 * @throws LeftOut where the rule cannot be carried over
 */
export function rulePolicy(rule: RewriteRule, losses: Losses): ImportedPolicy {
  if (rule.isNegated) throw new LeftOut(rule.line, 'its pattern is negated');
  const draft = readConditions(rule, losses);
  const onDeny = denyAnswer(rule, losses);
  const match = readMatch(rule, draft, onDeny);
  const policy: PolicySource = {
    name: 'htaccess',
    ...(Object.keys(match).length > 0 && { match }),
    ...policyReferer(draft, losses),
    ...(Object.keys(onDeny).length > 0 && { onDeny }),
  };
  return { policy, comments: [`RewriteRule, line ${rule.line}`, ...advice(draft)] };
}

function readMatch(rule: RewriteRule, draft: RuleDraft, onDeny: OnDeny): Match {
  const { pattern: expression, flags, line } = rule;
  const own = { expression, ignoreCase: flags.has('NC') || flags.has('NOCASE'), isRelative: true, line };
  const conditions = [...containerConditions(rule.containers, line), ...draft.paths, own];
  const spared = new Set(sparedPaths(draft.spared.filter((each) => !isRedirectTarget(each, onDeny))));
  return {
    ...(draft.hosts.length > 0 && { hosts: [...new Set(draft.hosts)] }),
    ...matchScope(conditions, line),
    ...(draft.methods.length > 0 && { methods: draft.methods }),
    ...(spared.size > 0 && { not: { paths: [...spared] } }),
  };
}

/** The guard against a redirect of the picture that is sent instead: refgate spares it by itself. */
function isRedirectTarget({ expression, ignoreCase }: PathCondition, { redirect }: OnDeny): boolean {
  const target = redirect === undefined ? undefined : URL.parse(redirect)?.pathname;
  const regex = compileRegex(expression, { ignoreCase });
  return target !== undefined && !('problem' in regex) && regex.matches(target);
}
