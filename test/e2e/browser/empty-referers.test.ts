import { expect } from 'chai';
import { accessLogLine } from '../../support/envoy.js';
import { type GuideRow, readGuide } from './guide-table.js';
import { type Setting, settings, useScene } from './scene.js';
import { type Visit, visits } from './visits.js';
import { portOf } from './ways.js';

const guide = readGuide();

describe('the table of docs/empty-referers.md, acted out by Chromium through Envoy', function () {
  this.timeout(60_000);
  const scene = useScene();

  it('has a visit for every row, in this order, and no other', () => {
    const acted = visits.map(({ who }) => who);
    expect([...new Set(acted)]).to.deep.equal(guide.map(({ who }) => who));
  });

  for (const [at, visit] of visits.entries()) {
    describe(titleOf(visit), () => {
      for (const setting of Object.keys(settings) as Setting[]) {
        const says = rowOf(visit).gets[setting];
        it(`${says} under ${setting} (${visit.reasons[setting]})`, async () => {
          const { envoy, shop } = scene();
          const { host = 'localhost', file = 'picture.png' } = visit;
          const target = `/${setting}/${file}?${at}`;

          const got = await visit.go(scene(), `http://${host}:${portOf(envoy.address)}${target}`);

          const { reason } = await accessLogLine(envoy, target);
          expect(reason).to.equal(visit.reasons[setting]);
          if (says === 'passes') {
            expect(got).to.deep.include({ status: 200 });
            expect(got.shown).to.not.equal(false);
          } else {
            expect(says).to.equal('denied');
            expect(got.status).to.be.oneOf([403, undefined]);
            expect(got.shown).to.not.equal(true);
          }
          expect(shop.asked.includes(target), 'whether the origin was asked').to.equal(says === 'passes');
        });
      }
    });
  }
});

function rowOf({ who }: Visit): GuideRow {
  const row = guide.find((candidate) => candidate.who === who);
  if (!row) throw new Error(`docs/empty-referers.md has no row '${who}'`);
  return row;
}

function titleOf({ who, how }: Visit): string {
  return how === undefined ? who : `${who}: ${how}`;
}
