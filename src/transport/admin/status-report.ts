import type { ReloadStatus } from '../../model/reload-event.js';
import type { Snapshot } from '../../model/snapshot.js';

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
}

/** Everything before the first load, and the first rules, is 0 or `null`. */
export function reportStatus(
  version: string,
  snapshot: Snapshot | undefined,
  lastReload: ReloadStatus | undefined,
): StatusReport {
  return {
    version,
    generation: snapshot?.generation ?? 0,
    loadedAt: snapshot?.loadedAt.toISOString() ?? null,
    policies: snapshot?.policies.length ?? 0,
    entries: snapshot?.entries ?? 0,
    lastReload: lastReload === undefined ? null : { ...lastReload, at: lastReload.at.toISOString() },
    uptimeSeconds: process.uptime(),
  };
}
