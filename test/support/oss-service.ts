import type { Audit, AuditSource, Refusal } from '#refgate/manage/audit.js';
import type { ManageAnswer } from '#refgate/manage/manage-answer.js';
import type { AuthenticationFailure, ManageContext } from '#refgate/manage/manage-context.js';
import { ossApi } from '#refgate/manage/oss/oss-api.js';
import type { PolicyDifference } from '#refgate/manage/policies/managed-policies.js';
import type { ManageSettings } from '#refgate/manage/settings/manage-settings.js';
import { manageSettings } from './manage-settings.js';
import { type ManagedRules, manageRules } from './managed-rules.js';
import type { RulesDir } from './rules-dir.js';
import { type OssCall, signOss, toManageRequest } from './sign-oss.js';

/** The OSS API over a real rule directory, without its listener. */
export interface OssService {
  readonly rules: ManagedRules;
  /** In force from the next call on. */
  settings: ManageSettings;
  /** What the next calls are told of the rate of their key. */
  admits: boolean;
  /** The same of failed authentications of their address. */
  admitsFailures: boolean;
  readonly audited: Audited[];
  readonly failures: AuthenticationFailure[];
  readonly internalErrors: unknown[];
  /** Signs a call and asks it. */
  ask(call: OssCall): Promise<ManageAnswer>;
  /** What GetBucketReferer answers. */
  get(bucket: string): Promise<string>;
}

/** An audit line. */
export type Audited =
  | { readonly by: AuditSource; readonly changes: readonly PolicyDifference[]; readonly generation: number }
  | ({ readonly by: AuditSource } & Refusal);

/** Puts the API together as the service does. */
export async function ossService(dir: RulesDir, settings = manageSettings()): Promise<OssService> {
  const rules = await manageRules(dir.path);
  const audited: Audited[] = [];
  const failures: AuthenticationFailure[] = [];
  const internalErrors: unknown[] = [];
  const service = { rules, settings, admits: true, admitsFailures: true, audited, failures, internalErrors };
  const context: ManageContext = {
    settings: () => service.settings,
    policies: rules.policies,
    audit: auditInto(audited),
    limits: { admit: () => service.admits, admitFailure: () => service.admitsFailures },
    nonces: { take: () => 'fresh' },
    now: () => new Date(),
    authenticationFailed: (failure) => failures.push(failure),
    internalError: (error) => internalErrors.push(error),
  };
  const answer = ossApi(context);
  const ask = (call: OssCall) => answer(toManageRequest(signOss(call)));
  const get = async (bucket: string) => (await ask({ bucket })).body;
  return Object.assign(service, { ask, get });
}

function auditInto(audited: Audited[]): Audit {
  return {
    changed: (by, changes, generation) => audited.push({ by, changes, generation }),
    refused: (by, refusal) => audited.push({ by, ...refusal }),
  };
}
