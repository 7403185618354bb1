/** Thrown where something has no counterpart that would change what a rule covers, so that the rule is left out. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut';
  /** From 1. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}
