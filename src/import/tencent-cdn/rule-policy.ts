import type { PolicySource } from '../../rules/validate/schema.js';
import { DomainEntries } from '../domain-entries.js';
import { everyHost } from '../host-patterns.js';
import type { ImportedPolicy } from '../imported.js';
import type { JsonValue } from '../json/json-value.js';
import type { Losses } from '../losses.js';
import { ruleScope } from './rule-scope.js';

/**
 * The policy of one RefererRule; none where it would cover nothing that refgate could tell.
 *
 * `AllowEmpty` turns round: in a white list true lets an empty Referer pass, in a black list true *refuses* it
 * (Tencent Cloud CDN, data type RefererRule).
 */
export function rulePolicy(rule: JsonValue, hosts: readonly string[], losses: Losses): ImportedPolicy[] {
  const scope = ruleScope(rule, losses);
  if (scope === undefined) return [];
  const isAllowList = required(rule, 'RefererType').word('whitelist', 'blacklist') === 'whitelist';
  const allowEmpty = rule.get('AllowEmpty')?.boolean() ?? false;
  const entries = readReferers(rule, losses);
  const match = { ...(hosts.length > 0 && { hosts: [...hosts] }), ...scope.match };
  const policy: PolicySource = {
    name: [hosts[0] ?? 'tencent-cdn', ...scope.nameParts].join('-'),
    ...(Object.keys(match).length > 0 && { match }),
    referer: {
      ...(isAllowList ? { allow: entries } : { deny: entries }),
      empty: isAllowList === allowEmpty ? 'allow' : 'deny',
      exact: true,
    },
  };
  const comments = [`${isAllowList ? 'whitelist' : 'blacklist'}, line ${rule.line}`];
  return [{ policy, comments: hosts.length > 0 ? comments : [...comments, everyHost] }];
}

/** `www.abc.com` is that host alone, `*.qq.com` everything below qq.com, and an address is itself. */
function readReferers(rule: JsonValue, losses: Losses): string[] {
  const entries = new DomainEntries(losses);
  for (const referer of required(rule, 'Referers').items()) entries.add(referer.text(), referer.line);
  return entries.list;
}

function required(rule: JsonValue, key: string): JsonValue {
  return rule.get(key) ?? rule.fail(`a rule with ${JSON.stringify(key)}`);
}
