import { decide } from '../decide/decide.js';
import type { AuthzRequest } from '../model/authz-request.js';
import type { Snapshot } from '../model/snapshot.js';
import { Comparison, type Judged } from './comparison.js';
import type { LogFormat } from './format/log-format.js';
import type { LogLine } from './line-cutter.js';
import { type LogRecord, toRecord, type UnreadableKind } from './log-record.js';
import { LogClock } from './log-time.js';
import { OutcomeReader } from './outcome.js';
import { Tally } from './tally.js';
import { TimeBuckets } from './time-buckets.js';
import { type Supplied, toRequest } from './to-request.js';
import { type LinePlace, UnreadableLines } from './unreadable-lines.js';

/** What decides, and what is known beside the log. */
export interface ReplaySettings {
  readonly rules: Snapshot;
  /** The rules in force today, to tell what would change; `undefined`: nothing to compare with. */
  readonly old: Snapshot | undefined;
  readonly format: LogFormat;
  readonly supplied: Supplied;
}

/** A replay under way: every line is given to `line` once, and is counted once. */
export class Replay {
  lines = 0;
  readonly tally: Tally;
  readonly comparison: Comparison | undefined;
  readonly unreadable = new UnreadableLines();
  readonly times = new TimeBuckets();
  readonly #outcomes: OutcomeReader;
  readonly #clock = new LogClock();

  constructor(readonly settings: ReplaySettings) {
    this.tally = new Tally(settings.rules.policies);
    this.comparison = settings.old && new Comparison();
    this.#outcomes = new OutcomeReader(settings.format.carries.headers);
  }

  line(line: LogLine, place: LinePlace): void {
    this.lines += 1;
    const problem = typeof line === 'string' ? this.#text(line) : 'tooLong';
    if (problem !== undefined) this.unreadable.add(problem, typeof line === 'string' ? line : line.tooLong, place);
  }

  #text(line: string): UnreadableKind | undefined {
    const fields = this.settings.format.read(line);
    const record = fields === undefined ? 'format' : toRecord(fields);
    if (typeof record === 'string') return record;
    const request = toRequest(record, this.settings.supplied);
    if (request === undefined) return 'host';
    this.#count(record, request);
    return undefined;
  }

  #count(record: LogRecord, request: AuthzRequest): void {
    const { rules, old } = this.settings;
    const judged = this.#judge(rules, request);
    this.tally.count(judged.decision, judged.outcome, record);
    if (old !== undefined) this.comparison?.count(this.#judge(old, request), judged, record);
    const time = record.time === undefined ? undefined : this.#clock.read(record.time);
    const denied = judged.outcome === 'denied' || judged.outcome === 'shadowDenied';
    if (time !== undefined) this.times.add(time, denied);
  }

  #judge(snapshot: Snapshot, request: AuthzRequest): Judged {
    const decision = decide(snapshot, request);
    return { decision, outcome: this.#outcomes.of(decision, request) };
  }
}
