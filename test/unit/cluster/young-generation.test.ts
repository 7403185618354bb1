import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { withYoungGeneration, youngGenerationFlags } from '#refgate/cluster/young-generation.js';
import { fromRoot } from '../../support/paths.js';

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

  it('is the same where refgate starts as a command', () => {
    const [firstLine] = readFileSync(fromRoot('src/main.ts'), 'utf8').split('\n');
    expect(firstLine).to.equal(`#!/usr/bin/env -S node ${youngGenerationFlags.join(' ')}`);
  });

  it('is the same where refgate starts as a container', () => {
    const entryPoint = /^ENTRYPOINT (.*)$/m.exec(readFileSync(fromRoot('deploy/docker/Dockerfile'), 'utf8'))?.[1];
    expect(JSON.parse(entryPoint ?? '')).to.deep.equal(['node', ...youngGenerationFlags, 'dist/main.js']);
  });
});
