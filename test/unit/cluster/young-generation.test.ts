import { expect } from 'chai';
import { withYoungGeneration, youngGenerationFlags } from '#refgate/cluster/young-generation.js';

describe('the young generation of a process', () => {
  it("is refgate's, beside the other flags of Node", () => {
    expect(withYoungGeneration(['--enable-source-maps'], '--no-warnings')).to.deep.equal([
      '--enable-source-maps',
      ...youngGenerationFlags,
    ]);
  });

  for (const chosen of ['--max-semi-space-size=64', '--min_semi_space_size=1', '--max_semi-space_size=8']) {
    it(`is the operator's with the flag ${chosen}`, () => {
      expect(withYoungGeneration([chosen])).to.deep.equal([chosen]);
    });

    it(`is the operator's with ${chosen} in NODE_OPTIONS`, () => {
      expect(withYoungGeneration(['--inspect'], `--no-warnings ${chosen}`)).to.deep.equal(['--inspect']);
    });
  }
});
