import { expect } from 'chai';
import { LineSplitter } from '#refgate/rules/read/list-lines.js';

/** What a splitter makes of bytes that come in chunks of a size. */
function split(bytes: Buffer, chunk: number): string[] {
  const seen: string[] = [];
  const splitter = new LineSplitter({
    text: (text, line) => void (text !== '' && seen.push(`${line} ${text}`)),
    tooLong: (beginning, line) => void seen.push(`${line} too long ${beginning.slice(0, 3)}`),
    noText: (bad, line, column) => void seen.push(`${line}:${column} ${/0x../.exec(bad.message)?.[0]}`),
  });
  for (let at = 0; at < bytes.length; at += chunk) {
    if (!splitter.push(Buffer.from(bytes.subarray(at, at + chunk)))) return seen;
  }
  splitter.finish();
  return seen;
}

describe('lines of a list file', () => {
  const text = Buffer.from('\ufeffa\r\nbücher\n\n\u{1f600}d');

  for (const chunk of [1, 2, 3, 5, 64]) {
    it(`are the same in chunks of ${chunk} bytes, characters cut in two included`, () => {
      expect(split(text, chunk)).to.deep.equal(['1 a\r', '2 bücher', '4 \u{1f600}d']);
    });

    it(`end at a byte that is no text, in chunks of ${chunk}`, () => {
      expect(split(Buffer.from([0x61, 0x0a, 0x62, 0xff, 0x0a, 0x63]), chunk)).to.deep.equal(
        ['1 a', '2:2 0xFF'].slice(chunk > 3 ? 1 : 0),
      );
    });
  }

  it('lack no last character: a file that ends in the middle of one is no text', () => {
    expect(split(Buffer.from([0x61, 0x62, 0xc3]), 64)).to.deep.equal(['1:3 0xC3']);
    expect(split(Buffer.from([0x61, 0xe2, 0x82, 0x0a]), 64)).to.deep.equal(['1:2 0xE2']);
  });

  it('are not kept when they are too long, and those after them keep their numbers', () => {
    const long = Buffer.from(`a\n${'x'.repeat(300_000)}\nb\n${'é'.repeat(100_000)}\nc`);
    for (const chunk of [1_000, 65_536]) {
      expect(split(long, chunk)).to.deep.equal(['1 a', '2 too long xxx', '3 b', '4 too long ééé', '5 c']);
    }
  });

  it('are found to be no text before they are found too long', () => {
    const binary = Buffer.concat([Buffer.alloc(70_000, 0x78), Buffer.from([0]), Buffer.alloc(70_000, 0x78)]);
    expect(split(binary, 65_536)).to.deep.equal(['1:70001 0x00']);
  });
});
