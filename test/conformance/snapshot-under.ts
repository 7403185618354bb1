import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import type { LoadResult } from '#refgate/rules/load/load-result.js';
import { loadRules } from '#refgate/rules/load.js';
import { fromRoot } from '../support/paths.js';
import type { VectorGroup } from './vectors.js';

/** Loads a policy the way an operator's is loaded: from a file in a folder. */
export async function loadPolicy(policy: VectorGroup['policy']): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'refgate-vectors-'));
  try {
    await writeFile(join(folder, 'policy.yaml'), stringify({ policies: [{ name: 'vector', ...policy }] }));
    return await loadRules(folder, { botRanges: fromRoot('test/fixtures/bot-ranges') });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What requests are decided by under one policy. */
export async function snapshotUnder(policy: VectorGroup['policy']): Promise<Snapshot> {
  const loaded = await loadPolicy(policy);
  if (!loaded.ok) throw new Error(loaded.errors.map(({ message }) => message).join('\n'));
  return createSnapshot(loaded.rules, { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 });
}
