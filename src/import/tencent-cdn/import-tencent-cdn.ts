import { hostPatterns } from '../host-patterns.js';
import { ImportProblem, orFailure } from '../import-problem.js';
import type { Imported, ImportedPolicy, ImportFailure, ImportSource } from '../imported.js';
import { type FoundSection, findSections } from '../json/find-sections.js';
import type { JsonValue } from '../json/json-value.js';
import { type OtherAccess, tellOtherAccess } from '../json/other-access.js';
import { readJson } from '../json/read-json.js';
import { Losses } from '../losses.js';
import { rulePolicy } from './rule-policy.js';

const form = { section: 'Referer', domain: ['Domain'], bare: 'RefererRules', skip: ['SpecificConfig'] };

const others: OtherAccess = {
  AccessControl: 'headers and URLs',
  AdvancedAuthentication: 'signed URLs',
  Authentication: 'signed URLs',
  IpFilter: 'clients by address',
  RemoteAuthentication: 'the answer of a remote service',
  UserAgentFilter: 'user agents',
};

/** Reads the `Referer` of Tencent Cloud CDN domains, of DescribeDomainsConfig and of UpdateDomainConfig. */
export function importTencentCdn(source: ImportSource): Promise<Imported | ImportFailure> {
  return orFailure(source, async () => {
    const found = findSections(await readJson(source.text), form);
    if (found.length === 0) throw new ImportProblem('no configuration of Tencent Cloud CDN: expected "Referer"', 1);
    const losses = new Losses(source);
    return { policies: found.flatMap((each) => policiesOf(each, losses)), losses: losses.list };
  });
}

function policiesOf({ section, holder, domain }: FoundSection, losses: Losses): ImportedPolicy[] {
  tellOtherAccess(holder, others, isOn, losses);
  tellRegions(holder, losses);
  if (!isOn(section)) {
    losses.harmless(section.line, 'the switch of Referer is off: no policy comes of it');
    return [];
  }
  const hosts = domain === undefined ? [] : hostPatterns([domain], holder.line, losses);
  const rules = section.get('RefererRules')?.items() ?? [];
  if (rules.length === 0) losses.harmless(section.line, 'Referer has no rules: no policy comes of it');
  // The last rule has precedence; of policies it is the first.
  return rules.toReversed().flatMap((rule) => rulePolicy(rule, hosts, losses));
}

/** A section that does not say it is taken for switched on: rules that are left out would let everybody in. */
function isOn(section: JsonValue): boolean {
  return section.get('Switch')?.word('on', 'off') !== 'off';
}

/** Configurations for one region stand beside the general one, which holds for the others. */
function tellRegions(holder: JsonValue, losses: Losses): void {
  for (const [region, value] of holder.get('SpecificConfig')?.members() ?? []) {
    const referer = value.get('Referer');
    if (referer === undefined) continue;
    losses.changing(referer.line, `Referer of the region ${region}: refgate knows no regions; import it by itself`);
  }
}
