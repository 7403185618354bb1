import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type OssErrorCode, statusOf } from '#refgate/manage/oss/oss-fault.js';
import { fromRoot } from '../../../support/paths.js';

describe('the table of refusals in the documentation', () => {
  const rows = readFileSync(fromRoot('docs/oss-api.md'), 'utf8').matchAll(/^\| `(\w+)` +\| (\d{3}) /gm);
  const told = new Map(Array.from(rows, ([, code, status]) => [code as OssErrorCode, Number(status)]));

  it('has every code once, with its status', () => {
    // A mapped type, so that a code that is new does not compile without its line here.
    const codes: Readonly<Record<OssErrorCode, true>> = {
      AccessDenied: true,
      InlineDataTooLarge: true,
      InternalError: true,
      InvalidAccessKeyId: true,
      InvalidArgument: true,
      InvalidBucketName: true,
      InvalidDigest: true,
      MalformedXML: true,
      MethodNotAllowed: true,
      NoSuchBucket: true,
      OperationNotSupported: true,
      PolicyNameConflict: true,
      QpsLimitExceeded: true,
      RequestTimeTooSkewed: true,
      ServiceUnavailable: true,
      SignatureDoesNotMatch: true,
    };
    expect([...told.keys()]).to.have.members(Object.keys(codes));
    for (const [code, status] of told) expect([code, statusOf({ code, message: '' })]).to.deep.equal([code, status]);
  });
});
