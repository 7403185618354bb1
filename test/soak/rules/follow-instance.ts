import { setTimeout as pause } from 'node:timers/promises';
import { exchange } from '../../support/http-exchange.js';
import type { Instance } from '../scene/instance.js';
import { hostOfManaged, managedNames, siteOfVersion } from './managed-policies.js';
import { hosts, rulesOf } from './rule-states.js';
import type { World } from './world.js';

/** Between two looks. */
const everyMs = 100;

interface Explained {
  readonly decision: string;
  readonly policy: string | null;
}

interface Status {
  /** None where one process does everything. */
  readonly workers: readonly { readonly state: string; readonly generation: number }[];
}

/** Asks an instance again and again how far it has come, which is what its answers are held against from then on. */
export class InstanceFollower {
  readonly #instance: Instance;
  readonly #world: World;
  readonly #running: Promise<void>;
  #ended = false;

  constructor(instance: Instance, world: World) {
    this.#instance = instance;
    this.#world = world;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      await this.#look();
      await pause(everyMs);
    }
  }

  async #look(): Promise<void> {
    const { name } = this.#instance;
    const { rules, managed } = this.#world;
    const seen: (() => void)[] = [];
    const state = rules.settled;
    if (rules.reached(name) < state && (await this.#isInForce(state))) seen.push(() => rules.see(name, state));
    for (const policy of managedNames) {
      const timeline = managed[policy];
      const version = timeline.settled;
      if (timeline.reached(name) === version) continue;
      const explained = await this.#explain(hostOfManaged(policy), siteOfVersion(version));
      if (explained?.decision === 'allow') seen.push(() => timeline.see(name, version));
    }
    if (seen.length > 0 && (await this.#isEverywhere())) for (const see of seen) see();
  }

  /** Whether all workers decide by the same rules: one of them has explained, and another may be about to switch. */
  async #isEverywhere(): Promise<boolean> {
    const status = await this.#ask<Status>('/v1/status');
    if (status === undefined) return false;
    const serving = status.workers.filter(({ state }) => state === 'serving');
    return serving.every(({ generation }) => generation === serving[0]?.generation);
  }

  async #isInForce(state: number): Promise<boolean> {
    const explained = await this.#explain(hosts.media, `edition-${state}.example`);
    // What a state brings: a policy's new name, or a name on the list.
    return state % 2 === 1 ? explained?.policy === `media-${rulesOf(state)}` : explained?.decision === 'allow';
  }

  #explain(host: string, site: string): Promise<Explained | undefined> {
    return this.#ask<Explained>(`/v1/explain?url=http://${host}/a.jpg&referer=https://${site}/`);
  }

  /** `undefined`: the instance is not there at present. */
  async #ask<Answer>(path: string): Promise<Answer | undefined> {
    try {
      return JSON.parse((await exchange(this.#instance.admin, { path })).body) as Answer;
    } catch {
      return undefined;
    }
  }
}
