import { createSnapshot } from '../decide/snapshot.js';
import type { CompiledRules } from '../model/snapshot.js';
import type { Settings } from '../settings.js';
import { createGrpcRules, type GrpcRules } from '../transport/grpc/grpc-rules.js';

/** Everything that requests are answered by, made of rules once and then immutable. */
export async function seal(rules: CompiledRules, generation: number, settings: Settings): Promise<GrpcRules> {
  const { defaultAction, shadow, cacheEntries, debugHeaders, trustedHops } = settings;
  const snapshot = createSnapshot(rules, { generation, defaultAction, shadow, cacheEntries });
  return createGrpcRules(snapshot, { debugHeaders, trustedHops });
}
