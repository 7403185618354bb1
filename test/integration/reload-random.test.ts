import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Reloading } from '../support/reloading.js';
import { pointLink, RulesDir } from '../support/rules-dir.js';
import { loadTexts } from '../support/text-loader.js';

const RUNS = 10;
const FOLDERS = ['s', 's/t', 'u', 'u/v/w', 'link'] as const;

/** The same numbers for the same seed (xorshift32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Changes a directory in ways that lose events: folders that come, go, move and return faster than watches are set. */
class Churn {
  readonly #rules: RulesDir;
  readonly #random: (below: number) => number;
  #edits = 0;

  constructor(rules: RulesDir, seed: number) {
    this.#rules = rules;
    this.#random = randomNumbers(seed);
  }

  async run(): Promise<void> {
    const steps = [
      () => this.#write('.'),
      () => this.#write(this.#folder()),
      () => this.#write(this.#folder()),
      () => rmSync(this.#rules.at(this.#folder()), { recursive: true, force: true }),
      () => this.#move(this.#folder(), this.#folder()),
      () => this.#outAndIn(this.#folder()),
      () => this.#link(this.#folder()),
      () => this.#replaceAll(),
      () => pause(this.#random(150)),
    ];
    for (let left = 5 + this.#random(40); left > 0; left -= 1) {
      await this.#attempt(steps[this.#random(steps.length)]);
    }
    this.#rules.write('last.yaml', 'last');
    // One more after the dust has settled a little, as deep as folders go.
    await pause(this.#random(200));
    await this.#attempt(() => this.#write('u/v/w'));
  }

  /** Not every step is possible in every state: a folder cannot be moved into itself. */
  async #attempt(step: (() => void | Promise<void>) | undefined): Promise<void> {
    try {
      await step?.();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) {
        throw error;
      }
    }
  }

  #folder(): string {
    return FOLDERS[this.#random(FOLDERS.length)] ?? 's';
  }

  #write(folder: string): void {
    this.#edits += 1;
    this.#rules.write(join(folder, `${this.#random(3)}.yaml`), `edit ${this.#edits}`);
  }

  #move(from: string, to: string): void {
    mkdirSync(dirname(this.#rules.at(to)), { recursive: true });
    renameSync(this.#rules.at(from), this.#rules.at(to));
  }

  #outAndIn(folder: string): void {
    renameSync(this.#rules.at(folder), this.#rules.beside('out'));
    renameSync(this.#rules.beside('out'), this.#rules.at(folder));
    this.#write(folder);
  }

  #link(target: string): void {
    rmSync(this.#rules.at('link'), { recursive: true, force: true });
    pointLink(this.#rules.at('link'), target === 'link' ? '..' : target);
  }

  async #replaceAll(): Promise<void> {
    this.#rules.remove();
    await pause(this.#random(300));
    this.#rules.make({ 'a.yaml': 'made again' });
  }
}

describe('reload: random changes', () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    it(`ends with what is on disk (seed ${seed})`, async () => {
      const rules = new RulesDir({ 'a.yaml': 'one' });
      const running = await Reloading.start(rules.path);
      try {
        await new Churn(rules, seed).run();
        const onDisk = await loadTexts(rules.path);
        if (onDisk.ok) {
          await running.untilInForce(onDisk.rules);
        } else {
          // A link that leads nowhere is an error, and then that is what must be seen.
          await running.untilRejected();
        }
      } finally {
        await running.close();
        rules.dispose();
      }
    });
  }
});
