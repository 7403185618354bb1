import { expect } from 'chai';
import { report } from '../../../bench/peers/report/report.js';
import { withSection } from '../../../bench/peers/report/results-file.js';
import { results, sample } from './sample.js';

describe('report of the bench of peers', () => {
  it('tells ratios to the yardstick, and the figures', () => {
    expect(report(results())).to.include('| refgate | × 1.20 (60.0 µs) |').and.include('| Go | × 0.60 (30.0 µs) |');
  });

  it('says where a peer is ahead of refgate', () => {
    const text = report(results());
    expect(text).to.include('- Processor time a check, 10 names, 3,000 a second: ahead of refgate are Go (× 0.50).');
    expect(text).to.include('- Memory, 10 names: nobody is ahead of refgate.');
  });

  it('marks who could not keep up', () => {
    const samples = [sample({ peer: 'grpc-js', rate: 3_000 }), sample({ peer: 'go', rate: 3_000, perSecond: 2_000 })];
    expect(report(results({ samples }))).to.include('| Go | × 1.00 (50.0 µs) ! |');
  });

  it('has a dash for what was not measured, and says why', () => {
    const whole = results();
    const samples = whole.samples.filter(({ peer }) => peer !== 'go');
    const text = report(results({ samples, refusals: [{ peer: 'go', size: 10, why: 'too slow' }] }));
    expect(text).to.include('| Go | – |').and.include('- Go at 10 names: too slow.').and.include('- OPA: no binary.');
  });

  it('takes the place of the section before it, and leaves the others', () => {
    const section = report(results());
    const before = '# Results\n\n## One\n\n1\n';
    const put = withSection(before, section);
    expect(put).to.equal(`${before}\n${section}`);
    const between = `${put}\n## Two\n\n2\n`;
    expect(withSection(between, section)).to.equal(between);
  });
});
