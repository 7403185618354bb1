import type { PolicySource } from '../../rules/validate/schema.js';
import type { Losses } from '../losses.js';
import { type RefererEntries, refererEntries } from './referer-entries.js';
import type { RuleDraft } from './rule-draft.js';

/** The parts of a policy that say which Referers pass. */
export interface PolicyReferer {
  readonly referer: PolicySource['referer'];
  readonly exempt?: NonNullable<PolicySource['exempt']>;
}

/** Either the negated conditions, which allow, or the alternatives, which deny. */
export function policyReferer(draft: RuleDraft, losses: Losses): PolicyReferer {
  const { deny } = draft;
  const isDenyList = deny !== undefined;
  const entries = refererEntries(deny ?? draft.allow, losses);
  const deniesEmpty = isDenyList ? draft.deniesEmpty && !draft.sparesEmpty : !draft.sparesEmpty;
  const empty = deniesEmpty ? 'deny' : 'allow';
  const lists = isDenyList ? denyLists(entries, deniesEmpty) : { allow: entries.list };
  const exempt = {
    ...(draft.clientIps.length > 0 && { clientIps: draft.clientIps }),
    ...(draft.userAgents.length > 0 && { userAgents: draft.userAgents }),
  };
  if (entries.dialect === 'host') {
    return { referer: { ...lists, empty, exact: true }, ...(Object.keys(exempt).length > 0 && { exempt }) };
  }
  return {
    referer: { dialect: 'oss', ...lists, empty, truncateQuery: false },
    exempt: { authorization: false, ...exempt },
  };
}

/** In the oss dialect an empty Referer passes where there is no allow list, whatever `empty` says. */
function denyLists(
  { dialect, list }: RefererEntries,
  deniesEmpty: boolean,
): Pick<PolicySource['referer'], 'allow' | 'deny'> {
  const isOpen = dialect === 'oss' && deniesEmpty;
  return { ...(isOpen && { allow: ['*'] }), ...(list.length > 0 && { deny: list }) };
}
