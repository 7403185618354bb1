import { createSnapshot, type SnapshotSettings } from '#refgate/decide/snapshot.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { EntryMatcher } from '#refgate/model/matchers.js';
import type {
  Exemptions,
  HostRules,
  MatchConditions,
  OssRules,
  Policy,
  RefererAnswers,
  RefererRules,
} from '#refgate/model/policy.js';
import type { CompiledRules, Snapshot } from '#refgate/model/snapshot.js';

/** A list that holds exactly the given hosts, so that tests of `decide` do not lean on the index. */
export function hostList(...hosts: readonly string[]): EntryMatcher {
  return { size: hosts.length, isDear: false, find: ({ host }) => hosts.find((candidate) => candidate === host) };
}

export interface PolicyParts {
  readonly name?: string;
  readonly mode?: Policy['mode'];
  readonly match?: MatchConditions;
  /** Of the host dialect unless it says another. */
  readonly referer?: Partial<HostRules> | (Partial<OssRules> & Pick<OssRules, 'dialect'>);
  readonly exempt?: Partial<Exemptions>;
  readonly onDeny?: Partial<Policy['onDeny']>;
  readonly headersRead?: readonly string[];
}

/** A compiled policy: what is not given is as it is for a policy that says nothing of it. */
export function policy(parts: PolicyParts = {}, position = 0): Policy {
  return {
    name: parts.name ?? `policy-${position}`,
    position,
    mode: parts.mode ?? 'enforce',
    match: parts.match ?? {},
    referer: refererRules(parts.referer),
    exempt: { authorization: false, methods: new Set(), ...parts.exempt },
    onDeny: {
      status: 403,
      location: undefined,
      headers: [
        ['cache-control', 'no-store'],
        ['vary', 'referer'],
        ['content-type', 'text/plain; charset=utf-8'],
      ],
      body: 'Forbidden\n',
      ...parts.onDeny,
    },
    headersRead: parts.headersRead ?? ['referer'],
  };
}

const unlisted = { allow: undefined, deny: undefined } as const;

const answers: RefererAnswers = {
  absent: 'deny',
  blank: 'deny',
  verifyFallback: 'allow',
  invalid: 'lists',
  allowSelf: true,
};

function refererRules(given: PolicyParts['referer']): RefererRules {
  if (given?.dialect === 'oss') return { ...unlisted, ...answers, truncate: 'query', ...given };
  const schemes = new Set(['http', 'https']);
  return { dialect: 'host', ...unlisted, ...answers, ignoreScheme: false, schemes, ...given };
}

/** Rules of policies that cover every host. */
export function rulesOf(...parts: readonly PolicyParts[]): CompiledRules {
  const policies = parts.map(policy);
  const everyPosition = policies.map(({ position }) => position);
  return {
    policies,
    byName: new Map(policies.map((one) => [one.name, one])),
    hosts: { candidates: () => everyPosition },
    entries: 0,
    headersRead: new Set(['referer', 'user-agent', 'authorization']),
  };
}

export function snapshotOf(parts: readonly PolicyParts[], settings: Partial<SnapshotSettings> = {}): Snapshot {
  const defaults: SnapshotSettings = { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 };
  return createSnapshot(rulesOf(...parts), { ...defaults, ...settings });
}

/** A snapshot whose policies cover no host, for tests of what is made of decisions that are given. */
export function undecidingSnapshot(policies: readonly Policy[], given: Partial<Snapshot> = {}): Snapshot {
  return {
    policies,
    byName: new Map(policies.map((one) => [one.name, one])),
    hosts: { candidates: () => [] },
    entries: 0,
    headersRead: new Set(['referer', 'user-agent']),
    generation: 7,
    loadedAt: new Date('2026-11-22T08:00:00Z'),
    defaultAction: 'allow',
    shadow: false,
    cache: undefined,
    ...given,
  };
}

export interface RequestParts extends Partial<Omit<AuthzRequest, 'headers'>> {
  /** Absent when left out; several values when a list. */
  readonly referer?: string | readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A GET of https://cdn.shop.example/images/a.jpg, but for what is given. */
export function request(parts: RequestParts = {}): AuthzRequest {
  const { referer, headers = {}, ...rest } = parts;
  const values = new Map<string, readonly string[]>(Object.entries(headers).map(([name, value]) => [name, [value]]));
  if (referer !== undefined) values.set('referer', typeof referer === 'string' ? [referer] : referer);
  return {
    method: 'GET',
    scheme: 'https',
    host: 'cdn.shop.example',
    target: '/images/a.jpg',
    clientIp: '',
    policyName: undefined,
    ...rest,
    headers: values,
  };
}
