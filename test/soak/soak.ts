import { setTimeout as pause } from 'node:timers/promises';
import { fromRoot } from '../support/paths.js';
import type { Prng } from '../support/prng.js';
import { writeFiles } from '../support/rules-dir.js';
import type { Fault } from './faults/fault.js';
import { type Struck, strikeAll } from './faults/schedule.js';
import type { Asker } from './load/asker.js';
import { envoyAsker } from './load/envoy-asker.js';
import { grpcAsker } from './load/grpc-asker.js';
import { Load } from './load/load.js';
import { type DecisionCounts, decisionCounts } from './measure/decision-counts.js';
import { envoyStats } from './measure/envoy-stats.js';
import type { Sample } from './measure/sample.js';
import { Sampler } from './measure/sampler.js';
import { inSharedMemory, strayFiles } from './measure/stray-files.js';
import { PolicyChanges } from './rules/change-policies.js';
import { RuleEdits } from './rules/edit-rules.js';
import { InstanceFollower } from './rules/follow-instance.js';
import type { Scene } from './scene/scene.js';

/** Visitors of the site behind Envoy, and proxies that ask an instance directly. */
const visitors = 8;
const proxies = 2;

/** Where logs of the last soak lie. */
export const logFolder = fromRoot('.build/soak');

/** What a soak has measured beside what its scene holds. */
export interface Outcome extends Struck {
  readonly seconds: number;
  /** Of the instance that never ends. */
  readonly samples: readonly Sample[];
  readonly decisions: DecisionCounts;
  /** Numbers for the report. */
  readonly ofEnvoy: readonly (readonly [what: string, times: string])[];
  readonly exitCodes: readonly (number | NodeJS.Signals)[];
  readonly stray: readonly string[];
}

/** What a soak is to do. */
export interface Plan {
  readonly faults: readonly Fault[];
  readonly random: Prng;
  readonly seconds: number;
}

/** Plays everything at once until the faults are over, and stops the instances. */
export async function soak(scene: Scene, { faults, random, seconds }: Plan): Promise<Outcome> {
  const start = performance.now();
  const sharedBefore = inSharedMemory();
  const load = new Load(scene, askers(scene), random.seed);
  const sampler = new Sampler(scene.steady.process);
  const companions = [
    new RuleEdits(scene),
    new PolicyChanges(scene),
    new InstanceFollower(scene.steady, scene.world),
    new InstanceFollower(scene.restless, scene.world),
  ];
  const struck = await strikeAll(faults, scene, { random, seconds });
  // Where few faults are chosen, or they were over soon: the load alone.
  await pause(Math.max(0, seconds * 1_000 - (performance.now() - start)));
  await Promise.all(companions.map((companion) => companion.stop()));
  await load.stop();
  const lasted = (performance.now() - start) / 1_000;
  const samples = await sampler.stop();
  const decisions = await decisionCounts(scene);
  const ofEnvoy = await envoyStats(scene.envoy.admin);
  await scene.envoy.process.stop();
  const exitCodes = await Promise.all([scene.steady, scene.restless].map(({ process }) => process.stop()));
  return { ...struck, seconds: lasted, samples, decisions, ofEnvoy, exitCodes, stray: strayFiles(scene, sharedBefore) };
}

function askers({ envoy, steady, restless }: Scene): Asker[] {
  return [
    ...Array.from({ length: visitors }, () => envoyAsker(envoy.address)),
    ...Array.from({ length: proxies }, () => grpcAsker('steady', steady.grpc)),
    ...Array.from({ length: proxies }, () => grpcAsker('restless', restless.grpc)),
  ];
}

/** So that what failed can be looked into: the folder of a scene is deleted with it. */
export function keepLogs({ steady, restless, envoy }: Scene): void {
  writeFiles(logFolder, {
    'steady.log': steady.lives.flatMap(({ lines }) => lines).join('\n'),
    'restless.log': restless.lives.flatMap(({ lines }) => lines).join('\n'),
    'envoy.log': envoy.process.lines.join('\n'),
  });
}
