import { growth } from './measure/growth.js';
import type { Scene } from './scene/scene.js';
import { logFolder, type Outcome } from './soak.js';

/** What a soak went through, for people. */
export function report(scene: Scene, outcome: Outcome): string {
  const { ledger, counts, steady } = scene;
  const { seconds, times, samples, decisions } = outcome;
  const { held, rss, files, threads } = growth(samples);
  const last = samples.at(-1);
  const mebibytes = (bytes = Number.NaN): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  const rows: [string, string][] = [
    ['duration', `${seconds.toFixed(0)} s, Node ${process.version}`],
    ['requests answered', `${ledger.total} (${(ledger.total / seconds).toFixed(0)} a second)`],
    ...Object.entries(ledger.latency).map(([client, times]): [string, string] => [
      `  by ${client}`,
      `${times.count}; p50 ${ms(times.percentile(50))}, p99 ${ms(times.percentile(99))}, longest ${ms(times.max)}`,
    ]),
    ['wrong answers', String(ledger.wrong.count)],
    ['failed although promised', String(ledger.failed.count)],
    ['failed with a worker', String(ledger.excused)],
    ...[...counts].map(([what, times]): [string, string] => [what, String(times)]),
    ...[...times].map(([fault, many]): [string, string] => [`fault ${fault}`, String(many)]),
    ...outcome.ofEnvoy.map(([what, times]): [string, string] => [what, times]),
    ['rules published', String(steady.process.lines.filter((line) => line.includes('"rules_published"')).length)],
    ['decided / answered / sent', `${decisions.decided} / ${decisions.answered} / ${decisions.sent}`],
    ['held after a collection', `${mebibytes(last?.held)}, ${kilobytes(held)} a second`],
    ['resident', `${mebibytes(last?.rss)}, ${kilobytes(rss)} a second`],
    ['logs', logFolder],
    ['open files, threads', `${last?.files} (${signed(files)}), ${last?.threads} (${signed(threads)})`],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  return rows.map(([what, value]) => `  ${what.padEnd(width)}  ${value}\n`).join('');
}

function kilobytes(bytes: number): string {
  return `${signed(Math.round(bytes / 1_024))} KB`;
}

function ms(microseconds: number): string {
  return `${(microseconds / 1_000).toFixed(1)} ms`;
}

function signed(number: number): string {
  return `${number < 0 ? '' : '+'}${number}`;
}
