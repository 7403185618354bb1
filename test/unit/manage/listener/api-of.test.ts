import { expect } from 'chai';
import { type Api, apiOf } from '#refgate/manage/listener/api-of.js';
import { manageRequest, type RequestDraft } from '../../../support/manage-request.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

const table: readonly (readonly [string, RequestDraft, Api])[] = [
  ['nothing at all', {}, 'rest'],
  ['a policy', { rawPath: '/v1/policies/a', headers: { authorization: 'Bearer x' } }, 'rest'],
  ['the header x-acs-action', { headers: { 'x-acs-action': 'DescribeCdnDomainConfigs' } }, 'cdn'],
  ['the header x-acs-action without a value', { headers: { 'x-acs-action': '' } }, 'cdn'],
  ['another x-acs- header alone', { headers: { 'x-acs-version': '2018-05-10' } }, 'rest'],
  ['Action in the query', { rawQuery: 'Version=2018-05-10&Action=DescribeCdnDomainConfigs' }, 'cdn'],
  ['Action in the query, encoded', { rawQuery: '%41ction=x' }, 'cdn'],
  ['action in the query, in lower case', { rawQuery: 'action=x' }, 'rest'],
  ['Action in a form', { method: 'POST', headers: form, body: 'Version=1&Action=x' }, 'cdn'],
  [
    'Action in a form with its character set told',
    {
      method: 'POST',
      headers: { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=utf-8' },
      body: 'Action=',
    },
    'cdn',
  ],
  ['a form too large to be read', { method: 'POST', headers: form, body: 'too-large' }, 'cdn'],
  ['a form without Action', { method: 'POST', headers: form, body: 'Version=1' }, 'rest'],
  ['Action in a form that is put', { method: 'PUT', headers: form, body: 'Action=x' }, 'rest'],
  ['Action in a body that is no form', { method: 'POST', body: 'Action=x' }, 'rest'],
  [
    'rules that curl calls a form',
    { method: 'POST', rawPath: '/v1/validate', headers: form, body: 'Action=x' },
    'rest',
  ],
  ['Authorization of OSS V1', { headers: { authorization: 'OSS ak:signature' } }, 'oss'],
  ['Authorization of OSS V2', { headers: { authorization: 'OSS2 AccessKeyId:ak,Signature:x' } }, 'oss'],
  ['Authorization of OSS V4', { headers: { authorization: 'OSS4-HMAC-SHA256 Credential=ak/1/r/oss/x' } }, 'oss'],
  ['any x-oss- header', { headers: { 'x-oss-meta': '' } }, 'oss'],
  ['a presigned URL, V1', { rawQuery: 'OSSAccessKeyId=ak&Expires=1&Signature=x' }, 'oss'],
  ['a presigned URL, V2 or V4', { rawQuery: 'x-oss-signature-version=OSS4-HMAC-SHA256' }, 'oss'],
  ['the sub-resource', { rawQuery: 'referer' }, 'oss'],
  ['the sub-resource with an equals sign', { rawQuery: 'a=b&referer=' }, 'oss'],
  ['the sub-resource on a path of the native API', { rawPath: '/v1/policies', rawQuery: 'referer' }, 'oss'],
  ['another sub-resource', { rawQuery: 'acl' }, 'rest'],
  ['marks of CDN and OSS', { headers: { 'x-acs-action': 'x', authorization: 'OSS ak:s' }, rawQuery: 'referer' }, 'cdn'],
  [
    'a form with Action and marks of OSS',
    { method: 'POST', headers: form, rawQuery: 'referer', body: 'Action=x' },
    'cdn',
  ],
  ['a form and marks of OSS', { method: 'POST', headers: form, rawQuery: 'referer', body: 'a=b' }, 'oss'],
];

describe('the API that a request is meant for', () => {
  for (const [what, draft, api] of table) {
    it(`${what}: ${api}`, async () => {
      expect(await apiOf(manageRequest(draft))).to.equal(api);
    });
  }
});
