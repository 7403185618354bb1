import { expect } from 'chai';
import { parseHttpDate, parseIsoDate } from '#refgate/manage/request-date.js';

const moment = new Date('2026-11-22T00:10:55Z');

describe('parseHttpDate', () => {
  it('reads the one form that may be sent', () => {
    expect(parseHttpDate('Sun, 22 Nov 2026 00:10:55 GMT')).to.deep.equal(moment);
  });

  for (const text of [
    '',
    'now',
    '1795306255',
    'Mon, 22 Nov 2026 00:10:55 GMT',
    'Sun, 22 Nov 2026 00:10:55 UTC',
    'Sun, 22 Nov 2026 00:10:55 +0000',
    'Sun, 22 Nov 2026 08:10:55 GMT+0800',
    'sun, 22 nov 2026 00:10:55 gmt',
    'Sun, 22 Nov 2026 00:10:55',
    'Sun, 22 Nov 2026 0:10:55 GMT',
    'Sun,  22 Nov 2026 00:10:55 GMT',
    'Mon, 30 Feb 2026 00:10:55 GMT',
    'Sun, 22 Nov 2026 24:00:00 GMT',
    'Sun, 22 Nov 2026 00:10:60 GMT',
    'Sunday, 22-Nov-26 00:10:55 GMT',
    'Sun Nov 22 00:10:55 2026',
    'Invalid Date',
    'Sun, 22 Nov 2026 00:10:55 GMT, Sun, 22 Nov 2026 00:10:55 GMT',
    '2026-11-22T00:10:55Z',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseHttpDate(text)).to.equal(undefined);
    });
  }
});

describe('parseIsoDate', () => {
  it('reads a moment of UTC', () => {
    expect(parseIsoDate('2026-11-22T00:10:55Z')).to.deep.equal(moment);
  });

  for (const text of [
    '',
    '2026-11-22',
    '2026-11-22T00:10:55',
    '2026-11-22T00:10:55.000Z',
    '2026-11-22T00:10:55+00:00',
    '2026-11-22 00:10:55Z',
    '2026-11-22t00:10:55z',
    '2026-02-30T00:10:55Z',
    '2026-13-01T00:10:55Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T00:60:00Z',
    '2026-11-22T00:10:60Z',
    '+002026-11-22T00:10:55Z',
    '20261122T001055Z',
    ' 2026-11-22T00:10:55Z',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseIsoDate(text)).to.equal(undefined);
    });
  }
});
