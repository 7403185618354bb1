/** A way in which nginx and refgate differ. */
export interface Divergence {
  /** Its name in docs/divergences.md. */
  readonly name: string;
  /** Which of the two denies what the other lets pass. */
  readonly denies: 'nginx' | 'refgate';
}
