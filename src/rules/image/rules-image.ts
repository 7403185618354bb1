/**
 * Compiled rules on their way from the thread that made them to those that decide by them: plain bytes and numbers,
 * which are handed over between threads without copying, and between processes as one file.
 */
export interface RulesImage {
  /** The policies in their order and what belongs to all of them, serialised in batches that are read in a millisecond or so. */
  readonly batches: readonly Uint8Array[];
  /** Large lists. One that several policies name, or that is the same as in the image before, is one part. */
  readonly parts: readonly ImagePart[];
  readonly policies: number;
  /** Entries of all lists, list files included. */
  readonly entries: number;
}

/** A large list by what it was made of. */
export interface ImagePart {
  /** Equal ids, equal content. */
  readonly id: string;
  /** Absent: the receiver said that it holds the part from an image before. */
  readonly content?: PartContent;
}

/** The content of a part. */
export interface PartContent {
  /** All of it but the large arrays. */
  readonly meta: Uint8Array;
  /** Each with an `ArrayBuffer` of its own, which is transferred. */
  readonly arrays: readonly (Uint8Array | Int32Array | Uint32Array)[];
}
