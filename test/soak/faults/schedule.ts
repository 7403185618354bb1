import type { Prng } from '../../support/prng.js';
import type { Scene } from '../scene/scene.js';
import type { Claim, Fault } from './fault.js';

/** How many faults are under way at a time. */
const lanes = 3;

/** What came of all faults. */
export interface Struck {
  /** How often each was over. */
  readonly times: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/**
 * Has faults strike, some at the same time and in random order, in rounds of all of them. After `seconds` no round
 * begins, and the one that is under way is played to its end.
 */
export async function strikeAll(
  faults: readonly Fault[],
  scene: Scene,
  { random, seconds }: { readonly random: Prng; readonly seconds: number },
): Promise<Struck> {
  const schedule = new Schedule(faults, random, performance.now() + seconds * 1_000);
  const times = new Map<string, number>();
  const problems: string[] = [];
  const lane = async (): Promise<void> => {
    for (let fault = await schedule.take(); fault !== undefined; fault = await schedule.take()) {
      // So that one which never ends can be told.
      const say = progress(fault);
      try {
        await fault.strike(scene, random);
      } catch (error) {
        problems.push(`${fault.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
      times.set(fault.name, (times.get(fault.name) ?? 0) + 1);
      schedule.release(fault);
      say();
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, faults.length) }, lane));
  return { times, problems };
}

/** Says that a fault strikes; the function, that it is over. */
function progress({ name }: Fault): () => void {
  const start = performance.now();
  process.stdout.write(`    ${new Date().toISOString()} ${name} …\n`);
  return () => process.stdout.write(`    ${new Date().toISOString()} ${name} was over after ${seconds(start)} s\n`);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}

/** Hands out faults whose claims are free. */
class Schedule {
  readonly #faults: readonly Fault[];
  readonly #random: Prng;
  readonly #end: number;
  readonly #claimed = new Set<Claim>();
  readonly #waiting: (() => void)[] = [];
  #round: Fault[] = [];

  constructor(faults: readonly Fault[], random: Prng, end: number) {
    this.#faults = faults;
    this.#random = random;
    this.#end = end;
    this.#round = shuffled(faults, random);
  }

  /** The next fault that may strike now; `undefined`: it is over. */
  async take(): Promise<Fault | undefined> {
    for (;;) {
      if (this.#round.length === 0 && performance.now() < this.#end) this.#round = shuffled(this.#faults, this.#random);
      if (this.#round.length === 0) return undefined;
      const at = this.#round.findIndex(({ claims }) => claims.every((claim) => !this.#claimed.has(claim)));
      const [fault] = at === -1 ? [] : this.#round.splice(at, 1);
      if (fault !== undefined) {
        for (const claim of fault.claims) this.#claimed.add(claim);
        return fault;
      }
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  release(fault: Fault): void {
    for (const claim of fault.claims) this.#claimed.delete(claim);
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

function shuffled(faults: readonly Fault[], random: Prng): Fault[] {
  const keyed = faults.map((fault) => ({ fault, key: random.fraction() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ fault }) => fault);
}
