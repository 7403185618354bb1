import type { RulesImage } from '../rules/image/rules-image.js';
import { Turns } from '../rules/image/turns.js';
import { type HeldRules, NOTHING_HELD, unpackRules } from '../rules/image/unpack-rules.js';
import type { Settings } from '../settings.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import { seal } from './seal.js';

/** Makes of what another thread has loaded everything that requests are answered by, beside the answers to requests. */
export class Hydration {
  readonly #settings: Settings;
  #held: HeldRules = NOTHING_HELD;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Ids of what the rules that were made last are made of, which need not be handed over again. */
  get held(): ReadonlySet<string> {
    return new Set([...this.#held.parts.keys(), ...this.#held.batches.keys()]);
  }

  /**
   * Makes rules of an image, in turns. What it returns is to be put in force: the next image lacks what this one has.
   */
  async prepare(image: RulesImage, generation: number): Promise<GrpcRules> {
    const turns = new Turns();
    const { rules, parts, batches } = await unpackRules(image, this.#held, turns);
    const sealed = await seal(rules, generation, this.#settings, turns);
    this.#held = { parts, batches };
    return sealed;
  }
}
