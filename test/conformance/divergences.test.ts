import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';
import { decisionFiles, readVectors } from './vectors.js';

/** Name and description of each section of the page. */
const sections = readFileSync(fromRoot('docs/divergences.md'), 'utf8')
  .split(/^### /m)
  .slice(1)
  .map((section) => ({ name: section.split('\n')[0], text: section }));
const vectors = decisionFiles.flatMap(readVectors).flatMap((group) => group.vectors);

describe('docs/divergences.md', () => {
  it('names the divergences that vectors show, each once', () => {
    const named = new Set(vectors.map(({ divergence }) => divergence).filter((name) => name !== undefined));
    expect(sections.map(({ name }) => name)).to.have.members([...named]);
  });

  it('says of each what the product has, what refgate does, and why', () => {
    for (const { name, text } of sections) {
      const said = [...text.matchAll(/^- ([^:]+): \S/gm)].map(([, who]) => who);
      expect(said, name).to.have.length(3);
      expect(said.slice(1), name).to.deep.equal(['refgate', 'Why']);
    }
  });
});
