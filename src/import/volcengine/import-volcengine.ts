import type { PolicySource } from '../../rules/validate/schema.js';
import { everyHost, hostPatterns } from '../host-patterns.js';
import { ImportProblem, orFailure } from '../import-problem.js';
import type { Imported, ImportedPolicy, ImportFailure, ImportSource } from '../imported.js';
import { type FoundSection, findSections } from '../json/find-sections.js';
import type { JsonValue } from '../json/json-value.js';
import { type OtherAccess, tellOtherAccess } from '../json/other-access.js';
import { readJson } from '../json/read-json.js';
import { Losses } from '../losses.js';
import { readReferers } from './read-referers.js';

const form = { section: 'RefererAccessRule', domain: ['Domain'], bare: 'RuleType' };

const others: OtherAccess = {
  AreaAccessRule: 'countries and regions',
  IpAccessRule: 'clients by address',
  MethodDeniedRule: 'methods',
  OriginAccessRule: 'the Origin header',
  RemoteAuth: 'the answer of a remote service',
  SignedUrlAuth: 'signed URLs',
  UaAccessRule: 'user agents',
};

/** Reads the `RefererAccessRule` of Volcengine (and BytePlus) CDN domains, of DescribeCdnConfig and UpdateCdnConfig. */
export function importVolcengine(source: ImportSource): Promise<Imported | ImportFailure> {
  return orFailure(source, async () => {
    const found = findSections(await readJson(source.text), form);
    if (found.length === 0) {
      throw new ImportProblem('no configuration of Volcengine CDN: expected "RefererAccessRule"', 1);
    }
    const losses = new Losses(source);
    return { policies: found.flatMap((each) => policyOf(each, losses)), losses: losses.list };
  });
}

/**
 * "Empty Referer" is a box of the list itself: ticked in an allow list it lets the empty Referer pass, ticked in a deny
 * list it refuses it (Volcengine CDN: "Referer 黑白名单", "空 Referer").
 */
function policyOf({ section, holder, domain }: FoundSection, losses: Losses): ImportedPolicy[] {
  tellOtherAccess(holder, others, isOn, losses);
  if (!isOn(section)) {
    losses.harmless(section.line, 'the switch of RefererAccessRule is off: no policy comes of it');
    return [];
  }
  const type = section.get('RuleType') ?? section.fail('an object with "RuleType"');
  const isAllowList = type.word('allow', 'deny') === 'allow';
  const allowEmpty = section.get('AllowEmpty')?.boolean() ?? false;
  const { entries, ignoreScheme } = readReferers(section, losses);
  const hosts = domain === undefined ? [] : hostPatterns([domain], holder.line, losses);
  const policy: PolicySource = {
    name: hosts[0] ?? 'volcengine-cdn',
    ...(hosts.length > 0 && { match: { hosts } }),
    referer: {
      ...(isAllowList ? { allow: entries } : { deny: entries }),
      empty: isAllowList === allowEmpty ? 'allow' : 'deny',
      exact: true,
      ignoreScheme,
    },
  };
  const comments = [`RuleType ${isAllowList ? 'allow' : 'deny'}, line ${section.line}`];
  return [{ policy, comments: hosts.length > 0 ? comments : [...comments, everyHost] }];
}

/** Templates of several domains leave the switch out. */
function isOn(section: JsonValue): boolean {
  return section.get('Switch')?.boolean() ?? true;
}
