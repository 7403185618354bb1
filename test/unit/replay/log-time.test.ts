import { expect } from 'chai';
import { LogClock, parseLogTime } from '#refgate/replay/log-time.js';

const eight = Date.UTC(2026, 10, 22, 8, 0, 0);

describe('the time of a line', () => {
  for (const text of [
    '22/Nov/2026:08:00:00 +0000',
    '[22/Nov/2026:08:00:00 +0000]',
    '22/Nov/2026:13:30:00 +0530',
    '21/Nov/2026:23:00:00 -0900',
    '2026-11-22T08:00:00Z',
    '2026-11-22T09:00:00.000+01:00',
    `${eight / 1000}`,
    `${eight / 1000}.000`,
    `${eight}`,
  ]) {
    it(`reads ${text}`, () => expect(parseLogTime(text)).to.equal(eight));
  }

  for (const text of ['', 'now', '22/Nev/2026:08:00:00 +0000', '2026-11-22', '12', '1e300', '2026-99-99T99:99:99Z']) {
    it(`does not read ${JSON.stringify(text)}`, () => expect(parseLogTime(text)).to.equal(undefined));
  }

  it('is read anew when it changes', () => {
    const clock = new LogClock();
    const times = ['', '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z', 'now', '2026-11-22T08:00:01Z'];
    expect(times.map((text) => clock.read(text))).to.deep.equal([undefined, eight, eight, undefined, eight + 1000]);
  });
});
