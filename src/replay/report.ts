import type { Changes, Comparison } from './comparison.js';
import type { DeniedLists } from './denied-lists.js';
import type { FrequentItem } from './frequent-items.js';
import type { UnreadableKind } from './log-record.js';
import type { Outcome } from './outcome.js';
import type { Replay } from './replay.js';
import type { TimeBucket } from './time-buckets.js';
import type { UnreadableSample } from './unreadable-lines.js';

/** What is printed, and with `--format json` exactly this object. */
export interface ReplayReport {
  /** How the lines were read. */
  readonly logFormat: string;
  /** `unreadable + allowed + denied + shadowDenied + undecidable`. */
  readonly lines: number;
  readonly unreadable: number;
  readonly allowed: number;
  /** Denied and enforced. */
  readonly denied: number;
  /** Denied by policies in shadow mode, so that they pass. */
  readonly shadowDenied: number;
  /** Under `empty: verify`, without what it goes by. */
  readonly undecidable: number;
  /** Lines by reason: of all that could be decided. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly policies: Readonly<Record<string, PolicyCounts>>;
  readonly topReferers: readonly { readonly host: string; readonly denied: number }[];
  readonly topPaths: readonly { readonly path: string; readonly denied: number }[];
  /** How much too low a count of the top lists may be; 0: exact. */
  readonly topListError: { readonly referers: number; readonly paths: number };
  /** Bytes of the answers to denied lines, as logged. */
  readonly bytesSaved: number;
  /** Bytes of the answers to lines that only shadow mode lets pass. */
  readonly shadowBytes: number;
  /** Denied lines that were answered with a status below 400; the others were refused or failed anyway. */
  readonly deniedServed: number;
  readonly overTime: OverTime;
  readonly unreadableLines: UnreadableReport;
  /** What the log cannot tell and the decisions therefore do not know. */
  readonly notes: readonly string[];
  readonly changed?: { readonly allowToDeny: number; readonly denyToAllow: number };
  readonly changes?: {
    readonly allowToDeny: ChangeReport;
    readonly denyToAllow: ChangeReport;
    /** Lines that one rule set or the other cannot decide. */
    readonly undecidable: number;
  };
}

/** Lines of one policy. The last two stand there only where there are any. */
export interface PolicyCounts {
  readonly allowed: number;
  readonly denied: number;
  readonly shadowDenied?: number;
  readonly undecidable?: number;
}

/** Lines by time; empty where the log has no times. */
export interface OverTime {
  readonly bucketSeconds: number;
  readonly buckets: readonly { readonly from: string; readonly lines: number; readonly denied: number }[];
}

export interface UnreadableReport {
  readonly kinds: Readonly<Partial<Record<UnreadableKind, number>>>;
  readonly samples: readonly UnreadableSample[];
}

/** What changes in one direction, by the rules that deny it. */
export interface ChangeReport {
  readonly lines: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly policies: Readonly<Record<string, number>>;
  readonly topReferers: ReplayReport['topReferers'];
  readonly topPaths: ReplayReport['topPaths'];
  readonly topListError: ReplayReport['topListError'];
}

const listLength = 100;

/** The report of a replay that has seen all its lines. */
export function makeReport(replay: Replay, notes: readonly string[]): ReplayReport {
  const { tally, comparison, unreadable, times, lines } = replay;
  return {
    logFormat: replay.settings.format.name,
    lines,
    unreadable: lines - Object.values(tally.outcomes).reduce((sum, count) => sum + count, 0),
    ...tally.outcomes,
    reasons: byCount(tally.reasons),
    policies: Object.fromEntries(Array.from(tally.policies, ([name, counts]) => [name, policyCounts(counts)])),
    ...topLists(tally.lists),
    bytesSaved: tally.bytesSaved,
    shadowBytes: tally.shadowBytes,
    deniedServed: tally.deniedServed,
    overTime: { bucketSeconds: times.width / 1000, buckets: times.list().map(bucketReport) },
    unreadableLines: { kinds: byCount(unreadable.kinds), samples: unreadable.samples },
    notes,
    ...(comparison === undefined ? {} : comparisonReport(comparison)),
  };
}

function policyCounts({ allowed, denied, shadowDenied, undecidable }: Record<Outcome, number>): PolicyCounts {
  return {
    allowed,
    denied,
    ...(shadowDenied > 0 ? { shadowDenied } : {}),
    ...(undecidable > 0 ? { undecidable } : {}),
  };
}

function topLists({ referers, paths }: DeniedLists): Pick<ReplayReport, 'topReferers' | 'topPaths' | 'topListError'> {
  return {
    topReferers: referers.top(listLength).map(({ key, count }: FrequentItem) => ({ host: key, denied: count })),
    topPaths: paths.top(listLength).map(({ key, count }: FrequentItem) => ({ path: key, denied: count })),
    topListError: { referers: referers.error, paths: paths.error },
  };
}

function bucketReport({ from, lines, denied }: TimeBucket): OverTime['buckets'][number] {
  return { from: new Date(from).toISOString(), lines, denied };
}

function comparisonReport({ allowToDeny, denyToAllow, undecidable }: Comparison): Partial<ReplayReport> {
  return {
    changed: { allowToDeny: allowToDeny.lines, denyToAllow: denyToAllow.lines },
    changes: { allowToDeny: changeReport(allowToDeny), denyToAllow: changeReport(denyToAllow), undecidable },
  };
}

function changeReport({ lines, reasons, policies, lists }: Changes): ChangeReport {
  return { lines, reasons: byCount(reasons), policies: byCount(policies), ...topLists(lists) };
}

function byCount<K extends string>(counts: ReadonlyMap<K, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
