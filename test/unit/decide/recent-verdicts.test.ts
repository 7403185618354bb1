import { expect } from 'chai';
import { decide } from '#refgate/decide/decide.js';
import { hostList, request, snapshotOf } from '../../support/policy-builder.js';

const page = 'https://partner.example/page';

/** A list that is quickly asked, and counts how often it is. */
function countedList() {
  const list = hostList('partner.example');
  const counted = { asked: 0, ...list };
  return Object.assign(counted, {
    find: (referer: Parameters<typeof list.find>[0]) => {
      counted.asked++;
      return list.find(referer);
    },
  });
}

describe('recent verdicts', () => {
  it('spare lists that are quickly asked from being asked again', () => {
    const allow = countedList();
    const snapshot = snapshotOf([{ referer: { allow } }], { cacheEntries: 1 });
    const decisions = [1, 2, 3].map(() => decide(snapshot, request({ referer: page })));
    expect(decisions[2]).to.deep.equal(decisions[0]);
    expect(allow.asked).to.equal(1);
  });

  it('are off together with the cache', () => {
    const allow = countedList();
    const snapshot = snapshotOf([{ referer: { allow } }], { cacheEntries: 0 });
    for (let round = 0; round < 3; round++) decide(snapshot, request({ referer: page }));
    expect(allow.asked).to.equal(3);
  });

  it('tell policies apart', () => {
    const parts = [{ name: 'listed', referer: { allow: countedList() } }, { name: 'open' }];
    const snapshot = snapshotOf(parts, { cacheEntries: 1 });
    const thief = { referer: 'https://thief.example/' };
    for (let round = 0; round < 2; round++) {
      expect(decide(snapshot, request({ ...thief, policyName: 'listed' })).reason).to.equal('not_in_allow_list');
      expect(decide(snapshot, request({ ...thief, policyName: 'open' })).reason).to.equal('default_allow');
    }
  });

  it('are few, and none of a Referer over 512 characters', () => {
    const allow = countedList();
    const snapshot = snapshotOf([{ referer: { allow } }], { cacheEntries: 1 });
    const long = request({ referer: page + 'x'.repeat(500) });
    decide(snapshot, long);
    decide(snapshot, long);
    expect(allow.asked).to.equal(2);
    for (let number = 0; number < 10_000; number++) decide(snapshot, request({ referer: `${page}/${number}` }));
    const before = allow.asked;
    for (let number = 0; number < 10_000; number++) decide(snapshot, request({ referer: `${page}/${number}` }));
    expect(allow.asked - before).to.be.at.least(9_000);
  });
});
