import { expect } from 'chai';
import { hostsMeet } from '#refgate/manage/settings/hosts-meet.js';
import type { HostPattern } from '#refgate/model/entry.js';
import { parseHostPattern } from '#refgate/referer/parse-host-pattern.js';

function pattern(text: string): HostPattern {
  const parsed = parseHostPattern(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

describe('two host patterns', () => {
  for (const [one, other, meet] of [
    ['a.example', 'a.example', true],
    ['a.example', 'A.example.', true],
    ['a.example', 'b.example', false],
    ['a.example', 'x.a.example', false],
    ['*.a.example', 'a.example', false],
    ['*.a.example', 'x.a.example', true],
    ['*.a.example', 'y.x.a.example', true],
    ['*.a.example', '*.x.a.example', true],
    ['*.a.example', '*.b.example', false],
    ['*.a.example', '*.xa.example', false],
    ['.a.example', 'a.example', true],
    ['.a.example', 'x.a.example', true],
    ['.a.example', 'example', false],
    ['img-*.a.example', 'video-*.a.example', false],
    ['img-*.a.example', '*-1.a.example', true],
    ['img-*.a.example', 'img.a.example', false],
    ['img-*.a.example', 'img-.x.a.example', false],
    ['img?.a.example', 'img1.a.example', true],
    ['img?.a.example', 'img12.a.example', false],
    ['www.a.*', 'www.*.example', true],
    ['www.a.*', 'ftp.*.example', false],
    ['a.**.example', 'a.b.c.example', true],
    ['a.**.example', 'a.example', false],
    ['a.**.example', '*.c.example', true],
    ['**', 'anything.example', true],
    ['**', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.1', '*.example', false],
    ['[2001:db8::1]', '2001:DB8:0::1', true],
    ['[::ffff:192.0.2.1]', '192.0.2.1', true],
  ] as const) {
    it(`${one} and ${other} ${meet ? 'share a host' : 'share none'}`, () => {
      expect(hostsMeet(pattern(one), pattern(other))).to.equal(meet);
      expect(hostsMeet(pattern(other), pattern(one))).to.equal(meet);
    });
  }
});
