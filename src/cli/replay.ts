import { access, constants, stat } from 'node:fs/promises';
import type { Snapshot } from '../model/snapshot.js';
import { printable } from '../printable.js';
import { reportHtml } from '../replay/html/report-html.js';
import { LogReadError } from '../replay/read-lines.js';
import { replayLogs } from '../replay/replay-logs.js';
import type { ReplayReport } from '../replay/report.js';
import { reportJson } from '../replay/report-json.js';
import { reportText } from '../replay/report-text.js';
import { exitCodes } from './exit-codes.js';
import { loadSnapshot, type RulesOptions } from './load-snapshot.js';
import { startProgress } from './progress-bar.js';

/** The flags of `refgate replay`. */
export interface ReplayOptions extends RulesOptions {
  readonly compare?: string;
  readonly logFormat?: string;
  readonly host?: string;
  readonly policy?: string;
  readonly scheme: 'http' | 'https';
  readonly format: 'text' | 'json' | 'html';
}

/** Referers come again and again; a verdict known saves two thirds of a decision. */
const cacheEntries = 10_000;

const writers = { text: reportText, json: reportJson, html: reportHtml } as const;

/** `refgate replay`: exit 0 with a report, whatever it says; 66 for a log that cannot be read. */
export async function replay(logs: readonly string[], options: ReplayOptions): Promise<number> {
  const problem = await problemWithLogs(logs);
  if (problem !== undefined) return fail(problem.text, problem.exitCode);
  const rules = await loadSnapshot(options, cacheEntries);
  if ('exitCode' in rules) return rules.exitCode;
  const old =
    options.compare === undefined
      ? undefined
      : await loadSnapshot({ ...options, rules: options.compare }, cacheEntries);
  if (old !== undefined && 'exitCode' in old) return old.exitCode;
  const unknown = unknownPolicy(options, [rules, old]);
  if (unknown !== undefined) return fail(unknown, exitCodes.usage);
  return run(logs, options, rules, old);
}

async function run(
  logs: readonly string[],
  options: ReplayOptions,
  rules: Snapshot,
  old: Snapshot | undefined,
): Promise<number> {
  const { logFormat, host, policy, scheme } = options;
  const progress = await startProgress(logs);
  let report: ReplayReport | { problem: string };
  try {
    report = await replayLogs({ logs, logFormat, rules, old, supplied: { host, policy, scheme } }, progress.update);
  } catch (error) {
    if (error instanceof LogReadError) return fail(error.message, exitCodes.unreadable);
    throw error;
  } finally {
    progress.stop();
  }
  if ('problem' in report) return fail(report.problem, exitCodes.usage);
  process.stdout.write(writers[options.format](report));
  return exitCodes.ok;
}

interface LogProblem {
  readonly text: string;
  readonly exitCode: number;
}

/** All logs are looked at before the first is read: the third one's name may be wrong, and the first takes an hour. */
async function problemWithLogs(logs: readonly string[]): Promise<LogProblem | undefined> {
  if (logs.filter((log) => log === '-').length > 1) {
    return { text: '-: standard input can be read once', exitCode: exitCodes.usage };
  }
  const problems = await Promise.all(logs.filter((log) => log !== '-').map(readProblem));
  const found = problems.filter((problem) => problem !== undefined);
  return found.length === 0 ? undefined : { text: found.join('\nerror: '), exitCode: exitCodes.unreadable };
}

async function readProblem(log: string): Promise<string | undefined> {
  try {
    await access(log, constants.R_OK);
    return (await stat(log)).isDirectory() ? `${log}: is a folder and no log` : undefined;
  } catch (error) {
    return `${log}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

function unknownPolicy({ policy, rules, compare }: ReplayOptions, snapshots: readonly (Snapshot | undefined)[]) {
  if (policy === undefined) return undefined;
  const folders = [rules, compare];
  const without = snapshots.findIndex((snapshot) => snapshot !== undefined && !snapshot.byName.has(policy));
  return without < 0 ? undefined : `--policy: there is no policy "${policy}" in ${folders[without]}`;
}

/** A format that is quoted may hold anything, as may the name of a file. */
function fail(text: string, exitCode: number): number {
  console.error(`error: ${text.split('\n').map(printable).join('\n')}`);
  return exitCode;
}
