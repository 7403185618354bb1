import { expect } from 'chai';
import { TextLines } from '#refgate/rules/read/text-lines.js';

describe('line and column of an offset', () => {
  it('count from 1, the end of a line belonging to the line', () => {
    const lines = new TextLines('ab\n\ncd\n');
    const places = [0, 1, 2, 3, 4, 6, 7].map((offset) => Object.values(lines.locate(offset)).join(':'));
    expect(places).to.deep.equal(['1:1', '1:2', '1:3', '2:1', '3:1', '3:3', '4:1']);
  });

  it('are 1:1 in a text without anything', () => {
    expect(new TextLines('').locate(0)).to.deep.equal({ line: 1, column: 1 });
  });
});
