import { expect } from 'chai';
import { LineCutter } from '#refgate/cluster/line-cutter.js';

describe('LineCutter', () => {
  it('makes whole lines of any chunks, also where a character is cut', () => {
    const bytes = Buffer.from('{"a":"ä"}\n\n{"b":1}\nrest');
    for (let size = 1; size <= bytes.length; size++) {
      const lines: string[] = [];
      const cutter = new LineCutter((line) => lines.push(line));
      for (let from = 0; from < bytes.length; from += size) cutter.write(bytes.subarray(from, from + size));
      cutter.end();
      expect(lines, `chunks of ${size}`).to.deep.equal(['{"a":"ä"}\n', '\n', '{"b":1}\n']);
    }
  });
});
