import type { ReloadStatus } from '../../model/reload-event.js';
import type { RulesSummary } from '../../model/snapshot.js';

/** One of the processes that answer, where there are several. */
export interface WorkerStatus {
  /** From 1; it stays when the process is replaced. */
  readonly id: number;
  readonly pid: number | null;
  readonly state: 'starting' | 'serving' | 'waiting' | 'ended';
  /** Of the rules that it decides by; 0 before it has any. */
  readonly generation: number;
  /** Connections of proxies that it has now. */
  readonly connections: number;
  /** How often its process was replaced. */
  readonly restarts: number;
}

/** What `/v1/status` answers. Times are ISO 8601. */
export interface StatusReport {
  readonly version: string;
  /** 0 before the first rules are in force, as are the two counts. */
  readonly generation: number;
  readonly loadedAt: string | null;
  readonly policies: number;
  readonly entries: number;
  readonly lastReload: { readonly ok: boolean; readonly at: string; readonly errors: readonly string[] } | null;
  readonly uptimeSeconds: number;
  /** Empty where one process does it all. */
  readonly workers: readonly WorkerStatus[];
}

/** What the report tells of. */
export interface StatusSources {
  readonly version: string;
  /** `undefined` until rules are loaded. */
  rules(): RulesSummary | undefined;
  /** `undefined` until the first load has ended. */
  lastReload(): ReloadStatus | undefined;
  workers(): readonly WorkerStatus[];
}

/** Everything before the first load, and the first rules, is 0 or `null`. */
export function reportStatus({ version, ...sources }: StatusSources): StatusReport {
  const rules = sources.rules();
  const lastReload = sources.lastReload();
  return {
    version,
    generation: rules?.generation ?? 0,
    loadedAt: rules?.loadedAt.toISOString() ?? null,
    policies: rules?.policies.length ?? 0,
    entries: rules?.entries ?? 0,
    lastReload: lastReload === undefined ? null : { ...lastReload, at: lastReload.at.toISOString() },
    uptimeSeconds: process.uptime(),
    workers: sources.workers(),
  };
}
