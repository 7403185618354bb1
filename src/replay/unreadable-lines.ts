import type { UnreadableKind } from './log-record.js';

/** Where a line stands. */
export interface LinePlace {
  /** As on the command line. */
  readonly log: string;
  /** From 1. */
  readonly line: number;
}

/** One line that could not be read, for the report. */
export interface UnreadableSample extends LinePlace {
  readonly kind: UnreadableKind;
  /** Its beginning, as it stands in the log. */
  readonly text: string;
}

const samplesOfKind = 5;
const shownLength = 200;

/** Counts lines that cannot be read, and keeps the first of each kind to be shown. */
export class UnreadableLines {
  readonly kinds = new Map<UnreadableKind, number>();
  readonly samples: UnreadableSample[] = [];

  add(kind: UnreadableKind, text: string, place: LinePlace): void {
    const earlier = this.kinds.get(kind) ?? 0;
    this.kinds.set(kind, earlier + 1);
    if (earlier < samplesOfKind) this.samples.push({ ...place, kind, text: text.slice(0, shownLength) });
  }
}
