import { expect } from 'chai';
import { SaxesParser } from 'saxes';
import { chart } from '../../../bench/peers/plot/chart.js';
import { plots } from '../../../bench/peers/plot/plots.js';
import { logScale } from '../../../bench/peers/plot/scale.js';
import { results } from './sample.js';

/** The texts of an SVG; throws where it is not well-formed. */
function textsOf(svg: string): string[] {
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (text) => texts.push(text));
  parser.write(svg).close();
  return texts;
}

describe('plots of the bench of peers', () => {
  it('puts powers of ten at equal distances', () => {
    const { place, ticks } = logScale([10, 1_000, 1_000_000], 0, 500);
    expect([10, 100, 1_000_000].map((value) => Math.round(place(value)))).to.deep.equal([0, 100, 500]);
    expect(ticks).to.deep.equal([10, 100, 1_000, 10_000, 100_000, 1_000_000]);
  });

  it('has steps between powers of ten where the range is short', () => {
    expect(logScale([0.3, 7], 0, 100).ticks).to.deep.equal([0.2, 0.5, 1, 2, 5, 10]);
  });

  it('has room for a single value', () => {
    expect(logScale([10], 0, 100).ticks).to.deep.equal([10, 20]);
  });

  it('names axes, units and each line that has points', () => {
    const texts = textsOf(plots(results()).cost);
    expect(texts).to.include.members(['names on the list', 'µs of processor time', 'refgate', 'Go', '10']);
    expect(textsOf(plots(results({ samples: [] })).cost)).not.to.include('Go');
  });

  it('writes names as text, whatever is in them', () => {
    const axis = { label: 'x < y & z', text: String };
    const svg = chart({ title: 'A', subtitle: 'B', x: axis, y: axis, lines: [] });
    expect(textsOf(svg)).to.include('x < y & z');
  });
});
