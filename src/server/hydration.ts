import type { RulesImage } from '../rules/image/rules-image.js';
import { Turns } from '../rules/image/turns.js';
import { type HeldParts, unpackRules } from '../rules/image/unpack-rules.js';
import type { Settings } from '../settings.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import { seal } from './seal.js';

/** Makes of what another thread has loaded everything that requests are answered by, beside the answers to requests. */
export class Hydration {
  readonly #settings: Settings;
  #parts: HeldParts = new Map();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Ids of the large lists of the rules that were made last, which need not be handed over again. */
  get held(): ReadonlySet<string> {
    return new Set(this.#parts.keys());
  }

  /**
   * Makes rules of an image, in turns. What it returns is to be put in force: the next image lacks the large lists that
   * this one has.
   */
  async prepare(image: RulesImage, generation: number): Promise<GrpcRules> {
    const turns = new Turns();
    const { rules, parts } = await unpackRules(image, this.#parts, turns);
    const sealed = await seal(rules, generation, this.#settings, turns);
    this.#parts = parts;
    return sealed;
  }
}
