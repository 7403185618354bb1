import type { PolicySource } from '../../rules/validate/schema.js';
import { DomainEntries } from '../domain-entries.js';
import { everyHost, hostPatterns } from '../host-patterns.js';
import { ImportProblem, orFailure } from '../import-problem.js';
import type { Imported, ImportedPolicy, ImportFailure, ImportSource } from '../imported.js';
import { type FoundSection, findSections } from '../json/find-sections.js';
import type { JsonValue } from '../json/json-value.js';
import { type OtherAccess, tellOtherAccess } from '../json/other-access.js';
import { readJson } from '../json/read-json.js';
import { Losses } from '../losses.js';

const form = { section: 'referer', domain: ['domain_name', 'domainName', 'name'], bare: 'referer_type' };

const others: OtherAccess = {
  ip_filter: 'clients by address',
  user_agent_filter: 'user agents',
  url_auth: 'signed URLs',
  url_signing: 'signed URLs',
  remote_auth: 'the answer of a remote service',
};

/**
 * Reads the `referer` of Huawei Cloud CDN: `{referer_type: 0|1|2, referer_list, include_empty}` of the API of a domain,
 * and `{type: "off"|"black"|"white", value, include_empty}` of its full configuration.
 */
export function importHuaweiCdn(source: ImportSource): Promise<Imported | ImportFailure> {
  return orFailure(source, async () => {
    const found = findSections(await readJson(source.text), form);
    if (found.length === 0) throw new ImportProblem('no configuration of Huawei Cloud CDN: expected "referer"', 1);
    const losses = new Losses(source);
    return { policies: found.flatMap((each) => policyOf(each, losses)), losses: losses.list };
  });
}

/** `include_empty` says on which list the empty Referer is: of a black list that means it is refused. */
function policyOf({ section, holder, domain }: FoundSection, losses: Losses): ImportedPolicy[] {
  tellOtherAccess(holder, others, isOn, losses);
  const type = readType(section);
  if (type === 'off') {
    losses.harmless(section.line, 'referer is switched off: no policy comes of it');
    return [];
  }
  const includesEmpty = section.get('include_empty')?.boolean() ?? false;
  const entries = readList(section, losses);
  const hosts = domain === undefined ? [] : hostPatterns([domain], holder.line, losses);
  const policy: PolicySource = {
    name: hosts[0] ?? 'huawei-cdn',
    ...(hosts.length > 0 && { match: { hosts } }),
    referer: {
      ...(type === 'white' ? { allow: entries } : { deny: entries }),
      empty: (type === 'white') === includesEmpty ? 'allow' : 'deny',
      exact: true,
    },
  };
  const comments = [`${type} list, line ${section.line}`];
  return [{ policy, comments: hosts.length > 0 ? comments : [...comments, everyHost] }];
}

const types = ['off', 'black', 'white'] as const;

function readType(section: JsonValue): (typeof types)[number] {
  const type = section.get('referer_type', 'type') ?? section.fail('an object with "referer_type" or "type"');
  if (type.isText) return type.word(...types, '0', '1', '2').replace(/^\d$/, typeOfNumber) as (typeof types)[number];
  return types[Number(type.identifier())] ?? type.fail('0, 1 or 2');
}

function typeOfNumber(digit: string): string {
  return types[Number(digit)] ?? 'off';
}

/** Semicolons in the API of a domain, commas in its full configuration. */
const separators = /[;,\n]/;

function readList(section: JsonValue, losses: Losses): string[] {
  const list = section.get('referer_list', 'value');
  const entries = new DomainEntries(losses);
  for (const entry of list?.text().split(separators) ?? []) entries.add(entry, list?.line ?? section.line);
  return entries.list;
}

/** The sections of the full configuration are switched by keys of different names; Terraform has one for all. */
function isOn(section: JsonValue): boolean {
  const state = section.get('enabled', 'remote_authentication', 'status', 'type');
  return state?.isText === true ? state.text() !== 'off' : (state?.boolean() ?? false);
}
