import { expect } from 'chai';

/** Counts verdicts by kind, so that a property cannot hold for want of cases. */
export class Verdicts {
  readonly #counts = new Map<string, { yes: number; no: number }>();

  count(kind: string, verdict: boolean): void {
    const counts = this.#counts.get(kind) ?? { yes: 0, no: 0 };
    if (verdict) counts.yes++;
    else counts.no++;
    this.#counts.set(kind, counts);
  }

  /** Both verdicts made up at least a tenth of the cases of each kind. */
  expectBothOften(kinds: readonly string[]): void {
    expect([...this.#counts.keys()]).to.have.members(kinds);
    for (const [kind, { yes, no }] of this.#counts) {
      expect(Math.min(yes, no) / (yes + no), `${kind}: ${yes} yes, ${no} no`).to.be.at.least(0.1);
    }
  }
}
