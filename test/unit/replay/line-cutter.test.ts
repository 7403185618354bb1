import { expect } from 'chai';
import { LineCutter, type LogLine, longestLine } from '#refgate/replay/line-cutter.js';

/** The lines of a text that comes in pieces of so many bytes. */
function cut(text: string | Buffer, pieceLength: number): LogLine[] {
  const bytes = Buffer.from(text as string);
  const cutter = new LineCutter();
  const lines: LogLine[] = [];
  for (let at = 0; at < bytes.length; at += pieceLength)
    lines.push(...cutter.push(bytes.subarray(at, at + pieceLength)));
  const last = cutter.finish();
  return last === undefined ? lines : [...lines, last];
}

describe('lines', () => {
  const texts: readonly (readonly [text: string, lines: readonly string[]])[] = [
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\n\nb\n', ['a', '', 'b']],
    ['\n', ['']],
    ['a\r\nb', ['a', 'b']],
    ['é中\n🙂', ['é中', '🙂']],
  ];
  for (const [text, lines] of texts) {
    it(`of ${JSON.stringify(text)} are the same in pieces of any length`, () => {
      for (const length of [1, 2, 3, 100]) expect(cut(text, length)).to.deep.equal(lines);
    });
  }

  it('have U+FFFD for bytes that are no UTF-8', () => {
    expect(cut(Buffer.from([0x61, 0xff, 0x0a, 0xc3]), 1)).to.deep.equal(['a\ufffd', '\ufffd']);
  });

  it('that are too long are told by their beginning, and the next one is read', () => {
    for (const long of ['x'.repeat(longestLine + 1), '中'.repeat(longestLine + 1), 'x'.repeat(4 * longestLine)]) {
      for (const length of [5000, 1 << 26]) {
        const lines = cut(`first\n${long}\nlast\n`, length);
        expect(lines).to.have.length(3);
        expect([lines[0], lines[2]]).to.deep.equal(['first', 'last']);
        const { tooLong } = lines[1] as { tooLong: string };
        expect(long.startsWith(tooLong.slice(0, 300))).to.equal(true);
        expect(tooLong.length).to.be.within(300, 1024);
      }
    }
  });

  it('of the greatest length are read whole', () => {
    const long = '中'.repeat(longestLine);
    for (const length of [5000, 1 << 26]) expect(cut(`${long}\n`, length)).to.deep.equal([long]);
  });

  it('hold no more of a line without an end than a little beyond the bound', () => {
    const cutter = new LineCutter();
    const chunk = Buffer.alloc(1 << 20, 'x');
    for (let pushed = 0; pushed < 100; pushed++) expect(cutter.push(chunk)).to.deep.equal([]);
    expect(cutter.finish()).to.have.property('tooLong');
  });
});
