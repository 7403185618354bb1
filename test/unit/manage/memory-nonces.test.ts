import { expect } from 'chai';
import { MemoryNonces } from '#refgate/manage/memory-nonces.js';

describe('nonces in memory', () => {
  let now = 0;
  const inSeconds = (seconds: number): Date => new Date(now + seconds * 1_000);
  const store = (most?: number): MemoryNonces => new MemoryNonces({ now: () => now, ...(most && { most }) });

  beforeEach(() => {
    now = Date.UTC(2026, 10, 22);
  });

  it('hold once for each key', () => {
    const nonces = store();
    expect(nonces.take('AK1', 'n', inSeconds(900))).to.equal('fresh');
    expect(nonces.take('AK1', 'n', inSeconds(900))).to.equal('used');
    expect(nonces.take('AK2', 'n', inSeconds(900))).to.equal('fresh');
    expect(nonces.take('AK1', 'm', inSeconds(900))).to.equal('fresh');
    expect(nonces.take('AK', '1n', inSeconds(900))).to.equal('fresh');
  });

  it('hold again once a request with them is too old anyway', () => {
    const nonces = store();
    nonces.take('AK', 'n', inSeconds(900));
    now += 899_999;
    expect(nonces.take('AK', 'n', inSeconds(900))).to.equal('used');
    now += 1;
    expect(nonces.take('AK', 'n', inSeconds(900))).to.equal('fresh');
    expect(nonces.take('AK', 'n', inSeconds(900))).to.equal('used');
  });

  it('are told apart whatever their length, and take the same room', () => {
    const nonces = store();
    const long = 'x'.repeat(200_000);
    expect(nonces.take('AK', `${long}1`, inSeconds(900))).to.equal('fresh');
    expect(nonces.take('AK', `${long}2`, inSeconds(900))).to.equal('fresh');
    expect(nonces.take('AK', `${long}1`, inSeconds(900))).to.equal('used');
  });

  it('are refused rather than forgotten where there is no room', () => {
    const nonces = store(3);
    for (const nonce of ['a', 'b', 'c']) expect(nonces.take('AK', nonce, inSeconds(900))).to.equal('fresh');
    now += 10_000;
    expect(nonces.take('AK', 'd', inSeconds(900))).to.equal('full');
    expect(nonces.take('AK', 'a', inSeconds(900))).to.equal('used');
    expect(nonces.size).to.equal(3);
  });

  it('make room as they expire', () => {
    const nonces = store(3);
    nonces.take('AK', 'a', inSeconds(10));
    nonces.take('AK', 'b', inSeconds(900));
    nonces.take('AK', 'c', inSeconds(10));
    now += 10_000;
    expect(nonces.take('AK', 'd', inSeconds(900))).to.equal('fresh');
    expect(nonces.size).to.equal(2);
    expect(nonces.take('AK', 'b', inSeconds(900))).to.equal('used');
  });

  it('that have expired leave by the minute, also where there is room', () => {
    const nonces = store();
    for (let each = 0; each < 1_000; each++) nonces.take('AK', `n${each}`, inSeconds(30));
    now += 60_000;
    nonces.take('AK', 'last', inSeconds(30));
    expect(nonces.size).to.equal(1);
  });

  it('leave by the minute although the clock was set back since the last look', () => {
    const nonces = store();
    now += 3_600_000;
    nonces.take('AK', 'of the wrong hour', inSeconds(30));
    now -= 3_600_000;
    for (let each = 0; each < 1_000; each++) nonces.take('AK', `n${each}`, inSeconds(30));
    now += 60_000;
    nonces.take('AK', 'last', inSeconds(30));
    expect(nonces.size).to.equal(2);
  });
});
