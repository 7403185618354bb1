import { createSnapshot } from '../decide/snapshot.js';
import type { CompiledRules } from '../model/snapshot.js';
import { Turns } from '../rules/image/turns.js';
import type { Settings } from '../settings.js';
import { type GrpcRules, grpcRulesInSteps } from '../transport/grpc/grpc-rules.js';

/** Everything that requests are answered by, made of rules once and then immutable. In turns of a millisecond. */
export async function seal(
  rules: CompiledRules,
  generation: number,
  settings: Settings,
  turns: Turns = new Turns(),
): Promise<GrpcRules> {
  const { defaultAction, shadow, cacheEntries, debugHeaders, trustedHops } = settings;
  const snapshot = createSnapshot(rules, { generation, defaultAction, shadow, cacheEntries });
  const steps = grpcRulesInSteps(snapshot, { debugHeaders, trustedHops });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (turns.over) await turns.next();
  }
}
