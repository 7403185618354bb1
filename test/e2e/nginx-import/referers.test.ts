import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromRoot } from '../../support/paths.js';
import { type Both, useBoth } from './both.js';
import type { Divergence } from './divergence.js';
import { type ListCase, lists } from './lists.js';
import { type RefererCase, refererCases } from './referers.js';

const host = 'one.server.example';

const locations = lists.map(
  ({ words }, position) => `    location /list-${position}/ {
      valid_referers ${words};
      if ($invalid_referer) { return 403; }
      return 204;
    }`,
);

describe('$invalid_referer of the real nginx, and refgate under the imported rules', function () {
  this.timeout(60_000);
  const both = useBoth(
    () => `  server {\n    LISTEN;\n    server_name ${host} *.wild.example tail.*;\n${locations.join('\n')}\n  }`,
  );

  it('differ nowhere but where a divergence is named, and everywhere it is', async () => {
    const unnamed: string[] = [];
    const met = new Set<Divergence>();
    for (const [position, list] of lists.entries()) {
      for (const referer of refererCases) {
        const denies = await whoDenies(both(), position, referer);
        if (denies === undefined) continue;
        const named = divergencesOf(list, referer).filter((divergence) => divergence.denies === denies);
        for (const divergence of named) met.add(divergence);
        if (named.length === 0) unnamed.push(`${list.words}: ${JSON.stringify(referer.lines)}: only ${denies} denies`);
      }
    }
    expect(unnamed).to.deep.equal([]);
    const all = [...lists, ...refererCases].flatMap(({ differs = [] }) => differs);
    expect(all.filter((divergence) => !met.has(divergence))).to.deep.equal([]);
  });

  it('differ in what docs/divergences.md explains', () => {
    const explained = readFileSync(fromRoot('docs/divergences.md'), 'utf8');
    for (const { name } of [...lists, ...refererCases].flatMap(({ differs = [] }) => differs)) {
      expect(explained).to.include(`\n### ${name}\n`);
    }
  });

  it('are imported without a loss that changes decisions', () => {
    expect(both().imported.losses.filter(({ changesDecisions }) => changesDecisions)).to.deep.equal([]);
  });
});

function divergencesOf(list: ListCase, referer: RefererCase): readonly Divergence[] {
  return [...(list.differs ?? []), ...(referer.differs ?? [])];
}

/** Which of the two denies, where only one does. */
async function whoDenies(
  both: Both,
  position: number,
  { lines }: RefererCase,
): Promise<Divergence['denies'] | undefined> {
  const question = { target: `/list-${position}/a.jpg`, host, referers: lines };
  const [nginx, refgate] = [await both.nginx(question), both.refgate(question)];
  expect([204, 403], JSON.stringify(lines)).to.include(nginx);
  if (nginx === refgate) return undefined;
  return nginx === 403 ? 'nginx' : 'refgate';
}
