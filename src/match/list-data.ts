import type { EntryIndexData } from './entry-index.js';
import type { TextIndexData } from './text-index.js';

/** What a list is made of: one index, a part that is kept elsewhere, or several of both. */
export type ListData<I> = I | PartData | SequenceData<I>;

/** Of a list of the host dialect. */
export type HostListData = ListData<EntryIndexData>;
/** Of a list of the oss dialect. */
export type TextListData = ListData<TextIndexData>;

/** A part by its name: its own data are handed over once, however many lists it is in. */
export interface PartData {
  readonly kind: 'part';
  readonly id: string;
}

/** Lists one after another, in list order. */
export interface SequenceData<I> {
  readonly kind: 'sequence';
  readonly members: readonly (I | PartData)[];
}
