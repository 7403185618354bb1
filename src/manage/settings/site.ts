import type { HostPattern } from '../../model/entry.js';
import { parseHostPattern } from '../../referer/parse-host-pattern.js';
import type { FileFindings } from '../../rules/findings.js';
import { formatKeyPath, type KeyPath } from '../../rules/key-path.js';
import type { Draft } from '../../rules/validate/draft.js';
import { POLICY_NAME, POLICY_NAME_FORM } from '../../rules/validate/policy-name.js';
import type { ManageSettingsSource } from './settings-schema.js';

/** A bucket or a domain of the settings, with the places that errors about it name. */
export interface Site {
  /** In the form in which it is looked up. */
  readonly name: string;
  /** `undefined`: wrong, and told. */
  readonly policy: string | undefined;
  readonly hosts: readonly SiteHost[];
  readonly path: KeyPath;
  readonly namePath: KeyPath;
  readonly policyPath: KeyPath;
}

/** One of the hosts that a site's policy covers. */
export interface SiteHost {
  /** As `match.hosts` has it. */
  readonly text: string;
  readonly pattern: HostPattern;
  readonly path: KeyPath;
}

/** The buckets that the file names, without those whose name is wrong. */
export function bucketsOf(source: Draft<ManageSettingsSource>, findings: FileFindings): Site[] {
  return (source.buckets ?? []).flatMap((bucket, position) => {
    if (bucket?.name === undefined) return [];
    const path = ['buckets', position];
    const hosts = (bucket.hosts ?? []).flatMap((text, at) => hostOf(text, [...path, 'hosts', at], findings));
    return [namedSite({ name: bucket.name, hosts, path, item: bucket }, findings)];
  });
}

/** The domains that the file names, without those whose name is wrong. */
export function domainsOf(source: Draft<ManageSettingsSource>, findings: FileFindings): Site[] {
  return (source.domains ?? []).flatMap((domain, position) => {
    const path = ['domains', position];
    const item = typeof domain === 'string' ? undefined : domain;
    const written = typeof domain === 'string' ? domain : domain?.name;
    if (written === undefined) return [];
    const namePath = item === undefined ? path : [...path, 'name'];
    const name = canonicalDomain(written);
    if (name === undefined) {
      const message = 'expected a domain name such as cdn.shop.example, or .shop.example for all domains below it';
      findings.wrong(namePath, `${message}, got ${JSON.stringify(written.slice(0, 300))}`);
      return [];
    }
    const hosts = hostOf(name.startsWith('.') ? `*${name}` : name, namePath, findings);
    return [namedSite({ name, hosts, path, item }, findings)];
  });
}

/**
 * The form in which domains are compared: lower case, punycode, no dot at the end, and a dot in front of a wildcard
 * domain (`.shop.example`), as the CDN writes it. `undefined`: no domain name.
 */
export function canonicalDomain(written: string): string | undefined {
  const pattern = parseHostPattern(written);
  if ('problem' in pattern || pattern.kind !== 'name' || !pattern.self) return undefined;
  return pattern.below === 'none' ? pattern.name : `.${pattern.name}`;
}

interface NamedItem {
  readonly name: string;
  readonly hosts: readonly SiteHost[];
  readonly path: KeyPath;
  /** `undefined` for a domain that is written as its name alone. */
  readonly item: { readonly policy?: string | undefined } | undefined;
}

function namedSite({ name, hosts, path, item }: NamedItem, findings: FileFindings): Site {
  const namePath = item === undefined ? path : [...path, 'name'];
  const isGiven = item !== undefined && Object.hasOwn(item, 'policy');
  const policy = isGiven ? item.policy : name;
  if (isGiven || POLICY_NAME.test(name)) {
    return { name, policy, hosts, path, namePath, policyPath: isGiven ? [...path, 'policy'] : namePath };
  }
  const advice = item === undefined ? `write { name: ${JSON.stringify(name)}, policy: … }` : 'give "policy"';
  findings.wrong(namePath, `${JSON.stringify(name)} cannot be the name of a policy (${POLICY_NAME_FORM}); ${advice}`);
  return { name, policy: undefined, hosts, path, namePath, policyPath: namePath };
}

/** Exact hosts in the form of a request's host, since they are compared with one. */
function hostOf(text: string | undefined, path: KeyPath, findings: FileFindings): SiteHost[] {
  if (text === undefined) return [];
  const pattern = parseHostPattern(text);
  if ('problem' in pattern) {
    findings.wrong(path, `${JSON.stringify(text.slice(0, 300))}: ${pattern.problem}`);
    return [];
  }
  const isExact = pattern.kind === 'name' && pattern.self && pattern.below === 'none';
  return [{ text: isExact ? pattern.name : text.trim(), pattern, path }];
}

/** How errors name the place of a site: `buckets[0]`. */
export function placeOf(site: Site): string {
  return formatKeyPath(site.path);
}
