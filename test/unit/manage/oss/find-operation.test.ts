import { expect } from 'chai';
import { findOperation } from '#refgate/manage/oss/find-operation.js';
import { manageRequest } from '../../../support/manage-request.js';

function found(method: string, rawQuery: string): string {
  const operation = findOperation(manageRequest({ method, rawQuery }));
  return typeof operation === 'string' ? operation : operation.code;
}

describe('an operation of the OSS API', () => {
  it('is known by the sub-resource, with or without =', () => {
    for (const query of [
      'referer',
      'referer=',
      '%72eferer',
      'referer&security-token=a',
      'v=1&referer',
      'x-oss-a=b&referer=',
    ])
      expect([query, found('GET', query), found('PUT', query)]).to.deep.equal([
        query,
        'GetBucketReferer',
        'PutBucketReferer',
      ]);
  });

  it('is not supported with another sub-resource, or with none', () => {
    for (const query of [
      '',
      'acl',
      'Referer',
      'referer&acl',
      'prefix=a',
      'cors=',
      'referer2',
      'referer&uploads',
      'acl&v=1',
    ])
      expect([query, found('PUT', query)]).to.deep.equal([query, 'OperationNotSupported']);
  });

  it('reads or writes', () => {
    for (const method of ['DELETE', 'POST', 'HEAD', 'PATCH', 'OPTIONS'])
      expect([method, found(method, 'referer')]).to.deep.equal([method, 'MethodNotAllowed']);
  });
});
