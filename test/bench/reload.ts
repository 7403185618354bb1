import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fromRoot } from '../support/paths.js';
import { RulesDir } from '../support/rules-dir.js';
import type { Latencies } from './reload/checking-client.js';
import type { LoopDelays } from './reload/event-loop-probe.js';
import { ProbedRefgate } from './reload/probed-refgate.js';
import { listOf, policiesIn, type RuleSet } from './reload/rule-sets.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';

/** Phases without and with reloads take turns, so that what else the machine does falls on both. */
const rounds = 3;
const secondsWithout = 10;
const reloadsEach = 4;

const MEBIBYTE = 2 ** 20;

/** What was seen in one phase. */
interface Phase {
  readonly latencies: Latencies;
  readonly delays: LoopDelays;
  readonly peak: number;
}

class Client {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(address: string): Promise<Client> {
    const child = fork(fromRoot('.build/test/bench/reload/checking-client.js'), [address]);
    await once(child, 'message');
    return new Client(child);
  }

  /** Latencies since the last call. */
  async latencies(): Promise<Latencies> {
    const reported = once(this.#child, 'message');
    this.#child.send('report');
    return (await reported)[0] as Latencies;
  }

  stop(): void {
    this.#child.disconnect();
  }
}

async function during(refgate: ProbedRefgate, client: Client, work: () => Promise<void>): Promise<Phase> {
  await client.latencies();
  await refgate.loopDelays();
  refgate.memory();
  await work();
  const latencies = await client.latencies();
  return { latencies, delays: await refgate.loopDelays(), peak: refgate.memory().peak };
}

async function measure(rules: RuleSet): Promise<string[][]> {
  const dir = new RulesDir();
  rules.write(dir.path);
  const refgate = await ProbedRefgate.start(dir.path);
  const client = await Client.start(refgate.grpc);
  let edits = 0;
  const reload = async () => {
    const before = refgate.generation;
    rules.edit(dir.path, ++edits);
    await refgate.publishedAfter(before);
  };
  const loads: number[] = [];
  // Warms up, and leaves behind what a service has that has been reloaded before.
  await reload();
  await pause(secondsWithout * 1_000);
  const phases: { without: Phase; reloading: Phase; steady: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const without = await during(refgate, client, () => pause(secondsWithout * 1_000));
    const steady = refgate.memory().now;
    const reloading = await during(refgate, client, async () => {
      for (let count = 0; count < reloadsEach; count++) {
        await reload();
        loads.push(refgate.loadSeconds);
      }
    });
    phases.push({ without, reloading, steady });
  }
  client.stop();
  await refgate.stop();
  dir.dispose();
  return rowsOf(rules, phases, loads);
}

function rowsOf(
  { name }: RuleSet,
  phases: readonly { without: Phase; reloading: Phase; steady: number }[],
  loads: readonly number[],
): string[][] {
  const steady = median(phases.map((phase) => phase.steady));
  const row = (title: string, of: readonly Phase[]): string[] => {
    const latency = (key: keyof Latencies) => median(of.map(({ latencies }) => latencies[key])).toFixed(2);
    const delay = (key: keyof LoopDelays) => median(of.map(({ delays }) => delays[key])).toFixed(1);
    const longest = Math.max(...of.map(({ latencies }) => latencies.max)).toFixed(1);
    const stall = Math.max(...of.map(({ delays }) => delays.max)).toFixed(1);
    const peak = Math.max(...of.map((phase) => phase.peak));
    const memory = `${(peak / MEBIBYTE).toFixed(0)} MiB (× ${(peak / steady).toFixed(2)})`;
    return [title, latency('p50'), latency('p99'), latency('p999'), longest, delay('p999'), stall, memory];
  };
  return [
    row(
      name,
      phases.map(({ without }) => without),
    ),
    row(
      `… reloaded, ${median(loads).toFixed(2)} s each`,
      phases.map(({ reloading }) => reloading),
    ),
  ];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

const sets: Readonly<Record<string, () => RuleSet>> = {
  names: () => listOf(1_000_000),
  policies: () => policiesIn(10_000, 100),
  files: () => policiesIn(10_000, 10_000),
  many: () => policiesIn(100_000, 100),
};
const wanted = process.argv.slice(2);
const rows: string[][] = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(sets))
  rows.push(...(await measure((sets[name] as () => RuleSet)())));

const head = ['rules', 'p50, ms', 'p99', 'p99.9', 'longest', 'loop delay p99.9', 'longest', 'memory at peak'];
process.stdout.write(
  [
    '## Checks while rules are reloaded',
    '',
    machine(),
    '',
    `A client in a process of its own sends one Check after the other, over one connection. Medians of ${rounds} rounds, each ` +
      `of ${secondsWithout} s without a reload and of ${reloadsEach} reloads, each of another edit; of longest and peaks the ` +
      'greatest of all rounds. Memory (VmHWM) is given as a multiple of what is in use when nothing is reloaded (VmRSS). ' +
      'Client, service and its loading thread share the processors.',
    '',
    markdownTable(head, rows),
    '',
  ].join('\n'),
);
