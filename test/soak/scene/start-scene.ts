import { chmodSync, mkdirSync } from 'node:fs';
import { startEnvoy } from '../../support/envoy.js';
import { RulesDir } from '../../support/rules-dir.js';
import { Interruptions } from '../load/interruptions.js';
import { Ledger } from '../load/ledger.js';
import { firstManagedFile, managedNames, settings } from '../rules/managed-policies.js';
import { firstFiles } from '../rules/rule-states.js';
import { firstWorld } from '../rules/world.js';
import { envoyConfig } from './envoy-config.js';
import { Instance } from './instance.js';
import { MachineClock } from './machine-clock.js';
import type { Scene } from './scene.js';

/** The programs that a soak needs. */
export interface Tools {
  readonly envoy: string;
  /** libfaketime. */
  readonly fakeTime: string;
}

/** Two instances over one rule folder, and an Envoy before them. */
export async function startScene(tools: Tools): Promise<Scene> {
  const managed = Object.fromEntries(managedNames.map(firstManagedFile));
  const dir = new RulesDir({ ...firstFiles(), ...managed });
  const clock = new MachineClock(dir.around, tools.fakeTime);
  const [steady, restless] = await startInstances(dir, clock);
  mkdirSync(dir.beside('envoy'));
  return {
    dir,
    clock,
    steady,
    restless,
    envoy: await startEnvoy(tools.envoy, dir.beside('envoy'), envoyConfig([steady.grpc, restless.grpc])),
    world: firstWorld([steady.name, restless.name]),
    ledger: new Ledger(),
    interruptions: new Interruptions(),
    hindrances: new Set(),
    counts: new Map(),
  };
}

async function startInstances(dir: RulesDir, clock: MachineClock): Promise<[Instance, Instance]> {
  dir.writeBeside('manage.yaml', settings);
  // It holds secrets.
  chmodSync(dir.beside('manage.yaml'), 0o600);
  mkdirSync(temporaryFolder(dir));
  const common = { rules: dir.path, env: { ...clock.environment, TMPDIR: temporaryFolder(dir) } };
  const managing = ['--manage-listen', '127.0.0.1:0', '--manage-config', dir.beside('manage.yaml')];
  return Promise.all([
    Instance.start({ ...common, name: 'steady', args: managing }),
    Instance.start({ ...common, name: 'restless', args: ['--workers', '2'] }),
  ]);
}

/** The instances' own folder for temporary files, so that what they leave behind is told from what others do. */
export function temporaryFolder(dir: RulesDir): string {
  return dir.beside('tmp');
}
