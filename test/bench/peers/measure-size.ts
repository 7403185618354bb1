import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cores } from './cores.js';
import { drive, type Loaded, type Pace, type Target, TooSlowError, warmUp } from './load.js';
import { ladderSize, type Options } from './options.js';
import type { Peer, RunningPeer } from './peer.js';
import { within } from './pinned-process.js';
import { memoryMiB } from './process-cost.js';
import { log } from './progress.js';
import { makeNames, type RequestFiles, writeRequests } from './requests.js';
import type { Refusal, Sample, State } from './results.js';
import { timesToEffect, untilReady } from './time-to-effect.js';

/** What was found out about all peers at one length of the list. */
export interface SizeResults {
  readonly samples: Sample[];
  readonly states: State[];
  readonly refusals: Refusal[];
}

interface Ready {
  readonly peer: Peer;
  readonly running: RunningPeer;
  readonly startMs: number;
}

/** Measures peers side by side: all of them run, and take turns within each round. */
export async function measureSize(
  peers: readonly Peer[],
  generator: string,
  size: number,
  options: Options,
): Promise<SizeResults> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-peers-'));
  const names = makeNames(size);
  const bench = new SizeBench({ generator, size, options, names, folder, files: writeRequests(folder, names) });
  try {
    for (const peer of peers) await bench.start(peer);
    for (let round = 0; round < options.rounds; round++) await bench.round(round);
    for (const ready of bench.ready) await bench.state(ready);
    return bench.results;
  } finally {
    await Promise.all(bench.ready.map(({ running }) => running.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Setting {
  readonly generator: string;
  readonly size: number;
  readonly options: Options;
  readonly names: readonly string[];
  readonly folder: string;
  readonly files: RequestFiles;
}

class SizeBench {
  readonly ready: Ready[] = [];
  readonly results: SizeResults = { samples: [], states: [], refusals: [] };

  constructor(private readonly setting: Setting) {}

  /** Starts a peer and warms it up; one that cannot hold the list in time is left out at this length. */
  async start(peer: Peer): Promise<void> {
    const { folder, names, options } = this.setting;
    const { bound } = options;
    const before = performance.now();
    try {
      const running = await peer.start({
        folder: mkdtempSync(join(folder, 'peer-')),
        names,
        cpus: cpusOf(peer),
        bound,
      });
      await this.#firstAnswer(peer, running);
      const startMs = performance.now() - before;
      this.ready.push({ peer, running, startMs });
      log(`${this.setting.size} names: ${peer.name} answers after ${(startMs / 1000).toFixed(1)} s`);
    } catch (error) {
      this.#refuse(peer, error);
      return;
    }
    await this.#warmUp(this.ready.at(-1) as Ready);
  }

  async #warmUp({ peer, running }: Ready): Promise<void> {
    const { generator, options } = this.setting;
    try {
      await warmUp(generator, this.#target(peer, running), options.warmUp);
    } catch (error) {
      if (!(error instanceof TooSlowError)) throw error;
      this.ready.pop();
      await running.stop();
      this.#refuse(peer, error);
    }
  }

  /** Each peer once at each pace; another one begins in each round. */
  async round(round: number): Promise<void> {
    const turned = [...this.ready.slice(round % this.ready.length), ...this.ready.slice(0, round % this.ready.length)];
    for (const { peer, running } of turned) {
      const samples = await this.#paces(peer, running);
      this.results.samples.push(...samples.map((sample) => ({ ...sample, round })));
    }
    log(`${this.setting.size} names: round ${round + 1} of ${this.setting.options.rounds}`);
  }

  /** What is measured once, after all rounds. */
  async state({ peer, running, startMs }: Ready): Promise<void> {
    const { size, names, options } = this.setting;
    const { key, protocol } = peer;
    const memory = memoryMiB(running.pid);
    let effectMs: number[] = [];
    try {
      const edits = peer.decides ? options.edits : 0;
      effectMs = await timesToEffect(running, { protocol, names, edits, bound: options.bound });
    } catch (error) {
      this.results.refusals.push({ peer: key, size, why: String(error) });
    }
    this.results.states.push({ peer: key, size, startMs, memoryMiB: memory, effectMs });
  }

  async #paces(peer: Peer, running: RunningPeer): Promise<Omit<Sample, 'round'>[]> {
    const { size, options } = this.setting;
    const samples: Omit<Sample, 'round'>[] = [];
    const take = async (rate: number): Promise<Loaded> => {
      const loaded = await this.#drive(peer, running, { rate, seconds: options.seconds });
      samples.push({ ...loaded, peer: peer.key, size, rate });
      return loaded;
    };
    // From the highest load down: whoever sat idle while the others had their turns is awake again for the low rates.
    for (const rate of [0, ...options.rates.toReversed()]) await take(rate);
    for (const rate of size === ladderSize ? options.ladder : []) {
      // Beyond what it can do there is nothing to learn but the length of the queue.
      if ((await take(rate)).perSecond < rate * 0.95) break;
    }
    return samples;
  }

  async #firstAnswer(peer: Peer, running: RunningPeer): Promise<void> {
    try {
      await within(this.setting.options.bound, 'the first answer', untilReady(running, peer.protocol));
    } catch (error) {
      await running.stop();
      throw error;
    }
  }

  #drive(peer: Peer, running: RunningPeer, pace: Pace): Promise<Loaded> {
    return drive(this.setting.generator, this.#target(peer, running), pace);
  }

  #target({ protocol, decides }: Peer, { address, pid }: RunningPeer): Target {
    return { address, protocol, requests: this.setting.files[protocol], pid, verify: decides };
  }

  #refuse(peer: Peer, error: unknown): void {
    // What all this is about.
    if (peer.key === 'refgate') throw error;
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    this.results.refusals.push({ peer: peer.key, size: this.setting.size, why });
    log(`${this.setting.size} names: ${peer.name} is left out: ${why}`);
  }
}

function cpusOf({ key }: Peer): string {
  return key === 'refgate-workers' ? cores.workers : cores.server;
}
