import { expect } from 'chai';
import { ResetCount } from '#refgate/transport/grpc/reset-count.js';
import { resetLimit } from '#refgate/transport/grpc/reset-limit.js';

describe('the limit of resets', () => {
  for (const version of ['v20.19.0', 'v22.9.0']) {
    it(`is nghttp2's own on Node ${version}, which cannot set it`, () => {
      expect(resetLimit(version)).to.deep.equal({ rate: { burst: 1_000, perSecond: 33 }, options: {} });
    });
  }

  for (const version of ['v22.10.0', 'v24.0.0', 'v26.10.0']) {
    it(`is higher on Node ${version}, and still one`, () => {
      const { rate, options } = resetLimit(version);
      expect(options).to.deep.equal({ streamResetBurst: 10_000, streamResetRate: 2_000 });
      expect(rate).to.deep.equal({ burst: 10_000, perSecond: 2_000 });
    });
  }
});

describe('the resets of a connection', () => {
  const rate = { burst: 80, perSecond: 40 };

  it('retire it at an eighth of what nghttp2 takes, and close it at half of that', () => {
    const count = new ResetCount(rate, 0);
    const verdicts = Array.from({ length: 41 }, () => count.add(0));
    expect(verdicts.indexOf('retire')).to.equal(10);
    expect(verdicts.indexOf('close')).to.equal(40);
  });

  it('are forgotten at a quarter of the pace of nghttp2', () => {
    const count = new ResetCount(rate, 0);
    for (let reset = 0; reset < 10; reset++) count.add(0);
    const forgotten = 10;
    for (let reset = 0; reset < forgotten; reset++) expect(count.add(1_000)).to.equal('nothing');
    expect(count.add(1_000)).to.equal('retire');
    expect(count.add(60_000)).to.equal('nothing');
  });
});
