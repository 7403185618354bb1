/** How much a list is expected to hold, so that its memory is taken once; more is no mistake. */
export interface ExpectedSize {
  readonly entries: number;
  /** Of the entries' texts, as UTF-8. */
  readonly bytes: number;
}
