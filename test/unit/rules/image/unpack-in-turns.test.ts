import { expect } from 'chai';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import { buildHostIndex } from '#refgate/match/host-index.js';
import { compileRegex } from '#refgate/match/regex.js';
import { packRules } from '#refgate/rules/image/pack-rules.js';
import { Turns } from '#refgate/rules/image/turns.js';
import { NOTHING_HELD, unpackRules } from '#refgate/rules/image/unpack-rules.js';
import { rulesOf } from '../../../support/policy-builder.js';

/** Counts turns, each of which is over as soon as it is asked. */
class CountedTurns extends Turns {
  count = 0;

  constructor() {
    super(0);
  }

  override async next(): Promise<void> {
    this.count += 1;
    await super.next();
  }
}

describe('unpacking in turns', () => {
  it('lets others have theirs between the policies of a batch', async () => {
    const policies = Array.from({ length: 100 }, (_, number) => ({ name: `p${number}` }));
    const rules = { ...rulesOf(...policies), hosts: buildHostIndex(policies.map(() => undefined)) };
    const turns = new CountedTurns();
    const { rules: unpacked } = await unpackRules(packRules(rules, new Set()), NOTHING_HELD, turns);
    expect(unpacked.policies.map(({ name }) => name)).to.deep.equal(policies.map(({ name }) => name));
    expect(turns.count).to.be.at.least(100);
  });

  it('lets others have theirs between the regular expressions of one list', async () => {
    const builder = new EntryIndexBuilder();
    const patterns = Array.from({ length: 160 }, (_, number) => `a${number}\\.example`);
    for (const pattern of patterns) builder.addRegex(`~${pattern}`, { pattern, instructions: 20 });
    const path = compileRegex('^/img/', { ignoreCase: false });
    if ('problem' in path) throw new Error(path.problem);
    const parts = { referer: { allow: builder.build() }, match: { paths: path } };
    const rules = { ...rulesOf(parts), hosts: buildHostIndex([undefined]) };
    const [none, all] = [new CountedTurns(), new CountedTurns()];
    await unpackRules(packRules({ ...rulesOf({}), hosts: rules.hosts }, new Set()), NOTHING_HELD, none);
    await unpackRules(packRules(rules, new Set()), NOTHING_HELD, all);
    // Machines of 16 expressions, and that of the path.
    expect(all.count - none.count).to.equal(11);
  });

  it('goes on as long as a turn is, and no longer', async () => {
    expect(new Turns(60_000).over).to.equal(false);
    const turns = new Turns(0);
    let others = 0;
    setImmediate(() => others++);
    expect(turns.over).to.equal(true);
    await turns.next();
    expect(others).to.equal(1);
  });
});
