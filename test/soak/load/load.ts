import { setTimeout as pause } from 'node:timers/promises';
import { Prng } from '../../support/prng.js';
import type { ManagedName } from '../rules/managed-policies.js';
import { isSame, rightAnswer, type SeenAnswer } from '../rules/oracle.js';
import type { Timeline } from '../rules/timeline.js';
import type { World } from '../rules/world.js';
import type { Asker } from './asker.js';
import type { Interruptions } from './interruptions.js';
import type { Ledger } from './ledger.js';
import type { Question } from './question.js';
import { randomQuestion } from './random-question.js';

/** What all clients have in common. */
export interface Surroundings {
  readonly world: World;
  readonly ledger: Ledger;
  readonly interruptions: Interruptions;
}

/** Clients that ask without end, each about something else every time, and hold every answer against the oracle. */
export class Load {
  readonly #surroundings: Surroundings;
  readonly #askers: readonly Asker[];
  readonly #running: Promise<unknown>;
  #ended = false;

  constructor(surroundings: Surroundings, askers: readonly Asker[], seed: number) {
    this.#surroundings = surroundings;
    this.#askers = askers;
    this.#running = Promise.all(askers.map((asker, at) => this.#client(asker, new Prng(seed + at))));
  }

  /** Ends when all requests have been answered or have failed. */
  async stop(): Promise<void> {
    this.#ended = true;
    await this.#running;
    for (const asker of this.#askers) asker.close();
  }

  async #client(asker: Asker, random: Prng): Promise<void> {
    while (!this.#ended) {
      await this.#request(asker, randomQuestion(random, this.#surroundings.world));
      // Not saturated, as no proxy's authorization service should be: there, every time limit is a matter of luck.
      await pause(random.integer(0, 15));
    }
  }

  async #request(asker: Asker, question: Question): Promise<void> {
    const { ledger, interruptions } = this.#surroundings;
    const timeline = this.#timelineOf(question);
    const reached = timeline.reached(asker.instance);
    const start = performance.now();
    try {
      const answer = await asker.ask(question);
      ledger.answer(asker.name, performance.now() - start);
      const states = timeline.from(reached);
      if (states.some((state) => isSame(answer, rightAnswer(question, state)))) return;
      ledger.wrongAnswer(`${asker.name}: ${describe(question)} in states ${states}: ${describeAnswer(answer)}`);
    } catch (error) {
      const took = Math.round(performance.now() - start);
      // Only the restless instance has workers that are killed.
      if (asker.name !== 'steady' && interruptions.touch(start, performance.now())) ledger.excuse();
      else ledger.failure(`${new Date().toISOString()} ${asker.name} after ${took} ms: ${String(error)}`);
    }
  }

  #timelineOf(question: Question): Timeline {
    const { rules, managed } = this.#surroundings.world;
    return question.about === 'managed' ? managed[question.policy as ManagedName] : rules;
  }
}

function describe(question: Question): string {
  const number = 'number' in question ? ` ${question.number}` : '';
  return `${question.about}${number} (${question.host}, Referer ${question.referer?.slice(0, 80)})`;
}

function describeAnswer({ status, policy, reason }: SeenAnswer): string {
  return `${status} ${reason} by ${policy ?? 'no policy'}`;
}
