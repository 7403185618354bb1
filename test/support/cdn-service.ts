import type { AuditSource, Refusal } from '#refgate/manage/audit.js';
import { cdnApi } from '#refgate/manage/cdn/cdn-api.js';
import type { ManageAnswer } from '#refgate/manage/manage-answer.js';
import type { AuthenticationFailure, ManageContext } from '#refgate/manage/manage-context.js';
import type { ManageRequest } from '#refgate/manage/manage-request.js';
import type { PolicyDifference } from '#refgate/manage/policies/managed-policies.js';
import type { AccessKey, Domain, ManageSettings, Role } from '#refgate/manage/settings/manage-settings.js';
import { manageSettings } from './manage-settings.js';
import { type ManagedRules, manageRules } from './managed-rules.js';
import type { RulesDir } from './rules-dir.js';
import { type AcsCall, signAcs } from './sign-acs.js';
import { toManageRequest } from './sign-oss.js';

/** The CDN API over a real rule directory, without its listener. */
export interface CdnService {
  readonly rules: ManagedRules;
  /** In force from the next call on. */
  settings: ManageSettings;
  /** What the next calls are told of the rate of their key. */
  admits: boolean;
  /** What the next failures are told of the rate of their address. */
  admitsFailures: boolean;
  /** What the next calls are told of their nonce, where it is fresh. */
  nonces: 'fresh' | 'full';
  readonly audited: Audited[];
  readonly failures: AuthenticationFailure[];
  readonly internalErrors: unknown[];
  readonly answer: (request: ManageRequest) => Promise<ManageAnswer>;
  /** Signs a call and asks it. */
  ask(call: AcsCall): Promise<CdnAnswer>;
}

/** An answer with its body read. */
export interface CdnAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into
  readonly body: any;
}

/** An audit line. */
export type Audited =
  | { readonly by: AuditSource; readonly changes: readonly PolicyDifference[]; readonly generation: number }
  | ({ readonly by: AuditSource } & Refusal);

/** Settings with CDN domains, each with a policy of its name. Rights are of the key `ak`, whose secret is `sk`. */
export function domainSettings(
  names: readonly string[] = ['cdn.shop.example', 'video.shop.example'],
  rights: Readonly<Record<string, Role>> = { '*': 'editor' },
): ManageSettings {
  const domains = names.map((name): [string, Domain] => [name, domainOf(name)]);
  const key: AccessKey = { id: 'ak', secret: 'sk', buckets: new Map(), domains: new Map(Object.entries(rights)) };
  return { ...manageSettings(), accessKeys: new Map([['ak', key]]), domains: new Map(domains) };
}

function domainOf(name: string): Domain {
  return name.startsWith('.')
    ? { name, policy: name.slice(1), hosts: [`*${name}`] }
    : { name, policy: name, hosts: [name] };
}

/** Puts the API together as the service does. */
export async function cdnService(dir: RulesDir, settings = domainSettings()): Promise<CdnService> {
  const rules = await manageRules(dir.path);
  const taken = new Set<string>();
  const service = {
    ...{ rules, settings, admits: true, admitsFailures: true, nonces: 'fresh' as const },
    ...{ audited: [] as Audited[], failures: [] as AuthenticationFailure[], internalErrors: [] as unknown[] },
  };
  const context: ManageContext = {
    settings: () => service.settings,
    policies: rules.policies,
    audit: {
      changed: (by, changes, generation) => service.audited.push({ by, changes, generation }),
      refused: (by, refusal) => service.audited.push({ by, ...refusal }),
    },
    limits: { admit: () => service.admits, admitFailure: () => service.admitsFailures },
    nonces: {
      take: (id, nonce) => {
        if (taken.has(`${id} ${nonce}`)) return 'used';
        taken.add(`${id} ${nonce}`);
        return service.nonces;
      },
    },
    now: () => new Date(),
    authenticationFailed: (failure) => service.failures.push(failure),
    internalError: (error) => service.internalErrors.push(error),
  };
  const answer = cdnApi(context);
  const ask = async (call: AcsCall) => {
    const { body, ...head } = await answer(toManageRequest(signAcs(call)));
    return { ...head, body: JSON.parse(body) };
  };
  return Object.assign(service, { answer, ask });
}
