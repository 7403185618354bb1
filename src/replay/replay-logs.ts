import { type ChosenFormat, chooseFormat } from './format/choose-format.js';
import type { FormatProblem } from './format/log-format.js';
import { notesOn } from './notes.js';
import { type LineBatch, readLines } from './read-lines.js';
import { Replay, type ReplaySettings } from './replay.js';
import { makeReport, type ReplayReport } from './report.js';
import { lacksHost, type Supplied } from './to-request.js';

/** What to replay, and by what. */
export interface ReplayRun extends Omit<ReplaySettings, 'format'> {
  /** Files in this order; `-` is standard input. */
  readonly logs: readonly string[];
  /** `--log-format`; `undefined`: told from the first lines. */
  readonly logFormat: string | undefined;
}

/** Told while the logs are read: bytes as they come from the files, lines as they are decided. */
export type OnProgress = (bytes: number, lines: number) => void;

/** So many lines are enough to tell a format, and the keys of JSON lines. */
const sampleLines = 1000;

/**
 * Decides every line of the logs in one pass, in memory that does not grow with them. Problems are what the command
 * line can mend; throws `LogReadError` for a log that cannot be read to its end.
 */
export async function replayLogs(run: ReplayRun, onProgress: OnProgress): Promise<ReplayReport | FormatProblem> {
  let bytes = 0;
  const batches = readLines(run.logs, (more) => {
    bytes += more;
  });
  const first = await takeSample(batches);
  const chosen = chooseFormat(run.logFormat, textsOf(first));
  if ('problem' in chosen) return chosen;
  const problem = missingHost(chosen, run.supplied);
  if (problem !== undefined) return { problem };
  const replay = new Replay({ rules: run.rules, old: run.old, format: chosen.format, supplied: run.supplied });
  for (const batch of first) decideBatch(replay, batch);
  for await (const batch of batches) {
    decideBatch(replay, batch);
    onProgress(bytes, replay.lines);
  }
  return makeReport(replay, notesOn(replay));
}

async function takeSample(batches: AsyncGenerator<LineBatch>): Promise<LineBatch[]> {
  const taken: LineBatch[] = [];
  for (let lines = 0; lines < sampleLines; ) {
    const { value, done } = await batches.next();
    if (done === true) break;
    taken.push(value);
    lines += value.lines.length;
  }
  return taken;
}

/** The lines that can tell a format. */
function textsOf(batches: readonly LineBatch[]): string[] {
  const lines = batches.flatMap((batch) => batch.lines).slice(0, sampleLines);
  return lines.filter((line): line is string => typeof line === 'string' && line.trim() !== '');
}

function missingHost({ format, detected }: ChosenFormat, supplied: Supplied): string | undefined {
  if (!lacksHost(format.carries.fields.has('host'), supplied)) return undefined;
  const told = detected === 'yes' ? ', which the lines are in,' : '';
  return (
    `the log format ${format.name}${told} does not have the host that was asked for: give --host NAME (the site that ` +
    'this is the log of) or --policy NAME (the policy to decide by)'
  );
}

function decideBatch(replay: Replay, { log, first, lines }: LineBatch): void {
  let line = first;
  for (const text of lines) replay.line(text, { log, line: line++ });
}
