import { expect } from 'chai';
import { NEVER_SET } from '#refgate/manage/oss/bucket-referer.js';
import { changeFault } from '#refgate/manage/oss/change-fault.js';

const errorAt = (path: string) => ({ file: 'a.yaml', line: 1, column: 1, path, message: 'no' });
const referer = { ...NEVER_SET, refererList: ['a', 'b'], refererBlacklist: ['c'.repeat(5_000)] };

describe('a change that is not taken', () => {
  it('is told by its entry', () => {
    const errors = [errorAt('referer.allow[1]'), errorAt('referer.deny[0]')];
    expect(changeFault({ kind: 'invalid', policy: 'a', errors }, referer)).to.deep.equal({
      code: 'InvalidArgument',
      message: 'RefererList, entry 2: no',
      details: { ArgumentName: 'RefererList', ArgumentValue: 'b' },
    });
  });

  it('shows the beginning of a long entry', () => {
    const fault = changeFault({ kind: 'invalid', policy: 'a', errors: [errorAt('referer.deny[0]')] }, referer);
    expect(fault.details).to.include({ ArgumentName: 'RefererBlacklist' });
    expect(fault.details?.['ArgumentValue']).to.have.length(200);
  });

  it('is told by its key, where the call is not at fault', () => {
    const fault = changeFault({ kind: 'invalid', policy: 'a', errors: [errorAt('exempt.methods')] }, referer);
    expect(fault).to.deep.equal({
      code: 'InvalidArgument',
      message: 'The policy would not be valid: exempt.methods: no',
    });
  });

  it('is a conflict with a policy in another file', () => {
    const fault = changeFault({ kind: 'elsewhere', policy: 'shop', file: 'shop.yaml' }, referer);
    expect(fault.code).to.equal('PolicyNameConflict');
    expect(fault.message).to.contain('"shop"').and.contain('shop.yaml');
  });

  it('may be taken later', () => {
    expect(changeFault({ kind: 'unloadable', errors: ['a.yaml:1:1: no'] }, referer).code).to.equal(
      'ServiceUnavailable',
    );
    expect(changeFault({ kind: 'unwritable', problem: 'ENOSPC' }, referer).code).to.equal('ServiceUnavailable');
  });
});
