import { setTimeout as pause } from 'node:timers/promises';
import { count, type Scene } from '../scene/scene.js';
import { fileOf } from './rule-states.js';

/** The pace that rules change at. */
const everyMs = 1_000;

/** Changes the rules every second until it is stopped. While the folder is away nobody can: then when it is back. */
export class RuleEdits {
  readonly #running: Promise<void>;
  #ended = false;

  constructor(scene: Scene) {
    this.#running = this.#run(scene);
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #run(scene: Scene): Promise<void> {
    while (!this.#ended) {
      await pause(everyMs);
      if (!scene.hindrances.has('hide-folder')) edit(scene);
    }
  }
}

function edit(scene: Scene): void {
  const state = scene.world.rules.begin();
  const [name, text] = fileOf(state);
  scene.dir.writeBeside('next', text);
  scene.dir.takeIn('next', name);
  scene.world.rules.settle(state);
  count(scene, 'rule edits');
}
