import { expect } from 'chai';
import type { ReloadEvent } from '#refgate/model/reload-event.js';
import { firstLoad } from '#refgate/server/first-load.js';

const at = new Date(0);
const rejected: ReloadEvent = { kind: 'rejected', generation: 0, at, errors: ['it changed'], repeated: false };
const published: ReloadEvent = { kind: 'published', generation: 1, at, warnings: [] };

describe('the first load', () => {
  let loads: number;

  beforeEach(() => {
    loads = 0;
  });

  const until = (rest: number) => () => Promise.resolve(++loads < rest ? rejected : published);

  it('waits for a folder that changes all the time to come to rest', async () => {
    const event = await firstLoad(until(4), () => true);
    expect(event).to.equal(published);
    expect(loads).to.equal(4);
  });

  it('gives up on one that never does', async () => {
    const event = await firstLoad(until(Number.POSITIVE_INFINITY), () => true);
    expect(event).to.equal(rejected);
    expect(loads).to.equal(10);
  });

  it('is not tried again where the rules are bad', async () => {
    expect(await firstLoad(until(2), () => false)).to.equal(rejected);
    expect(loads).to.equal(1);
  });
});
