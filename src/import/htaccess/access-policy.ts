import type { PolicySource } from '../../rules/validate/schema.js';
import type { ImportedPolicy } from '../imported.js';
import type { Losses } from '../losses.js';
import type { AccessSection } from './access-sections.js';
import { advice } from './advice.js';
import { containerConditions, matchScope } from './match-scope.js';
import { policyReferer } from './policy-referer.js';
import { readAccess } from './read-access.js';
import type { RefererVariables } from './referer-variables.js';
import { emptyDraft, type RuleDraft } from './rule-draft.js';

/**
 * The policy of a section that lets requests in, or keeps them out, by variables that `SetEnvIf Referer` sets; none for
 * one whose variables are about something else.
 *
 * @throws LeftOut where something else than Referers sets them, or decides beside them
 */
export function accessPolicy(
  section: AccessSection,
  variables: RefererVariables,
  losses: Losses,
): ImportedPolicy | undefined {
  if (!variables.areUsedBy(section)) return undefined;
  const access = readAccess(section);
  const draft = draftOf(access.lets, access.variables, variables);
  const match = matchScope(containerConditions(section.containers, section.line), section.line);
  const policy: PolicySource = {
    name: 'htaccess',
    ...(Object.keys(match).length > 0 && { match }),
    ...policyReferer(draft, losses),
  };
  const comment = `Access control by ${access.variables.join(', ')}, line ${section.line}`;
  return { policy, comments: [comment, ...advice(draft)] };
}

function draftOf(lets: 'in' | 'out', names: readonly string[], variables: RefererVariables): RuleDraft {
  const { expressions, hasEmpty } = variables.of(names);
  const draft = emptyDraft();
  if (lets === 'in') return { ...draft, allow: expressions, sparesEmpty: hasEmpty };
  return { ...draft, deny: expressions, deniesEmpty: hasEmpty };
}
