import type { ImageArray } from './image-arrays.js';

/**
 * Compiled rules on their way from the thread that made them to those that decide by them: plain bytes and numbers,
 * which are handed over between threads without copying, and between processes as files.
 */
export interface RulesImage {
  /** What belongs to all policies, serialised. */
  readonly common: Uint8Array;
  /** The policies in their order, in batches that are read in a millisecond or so. */
  readonly batches: readonly ImageBatch[];
  /** Large lists. One that several policies name, or that is the same as in the image before, is one part. */
  readonly parts: readonly ImagePart[];
  readonly policies: number;
  /** Entries of all lists, list files included. */
  readonly entries: number;
}

/** Some policies that follow each other. */
export interface ImageBatch {
  /** Equal ids, equal policies. Unlike those of parts, they are the packer's own: no other packer gives the same. */
  readonly id: string;
  /** Serialised. Absent: the receiver said that it holds the batch from an image before. */
  readonly content?: Uint8Array;
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
  readonly arrays: readonly ImageArray[];
}
