import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Substitution } from '../support/deploy-file.js';
import type { Front, StartedFront } from '../support/fronts.js';
import { type Origin, startOrigin } from '../support/origin.js';
import { fromRoot } from '../support/paths.js';
import { type RefgateProcess, startRefgate } from '../support/refgate-process.js';
import { requireTool } from '../support/require-tool.js';

/** Proxy, refgate and origin, wired as the deploy file says. */
export interface Chain {
  readonly front: StartedFront;
  readonly refgate: RefgateProcess;
  readonly origin: Origin;
  /** The copy of `deploy/rules` that refgate serves; a test may edit it. */
  readonly rules: string;
  stop(): Promise<void>;
}

/**
 * Starts a chain before the tests of the suite that this is called in, and stops it after them. `args` are further
 * arguments of `refgate serve`.
 */
export function useChain(front: Front, substitutions?: readonly Substitution[], args?: readonly string[]): () => Chain {
  let chain: Chain | undefined;
  before(async function () {
    chain = await startChain(front, requireTool(this, front.find()), substitutions, args);
  });
  after(() => chain?.stop());
  return () => {
    if (!chain) throw new Error('the chain is asked for before it is started');
    return chain;
  };
}

/** Starts refgate with a copy of the example rules, an origin, and the proxy before them. */
async function startChain(
  front: Front,
  binary: string,
  substitutions: readonly Substitution[] = front.patience,
  args: readonly string[] = [],
): Promise<Chain> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-e2e-'));
  const rules = join(folder, 'rules');
  cpSync(fromRoot('deploy/rules'), rules, { recursive: true });
  const [refgate, origin] = await Promise.all([startRefgate({ rules, args }), startOrigin()]);
  const started = await front.start(binary, { refgate, origin: origin.address, folder, substitutions });
  const stop = async (): Promise<void> => {
    await started.process.stop();
    // A process that a test has frozen does not hear SIGTERM.
    refgate.process.kill('SIGCONT');
    await Promise.all([refgate.process.stop(), origin.stop()]);
    rmSync(folder, { recursive: true });
  };
  return { front: started, refgate, origin, rules, stop };
}
