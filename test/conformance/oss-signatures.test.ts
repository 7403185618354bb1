import { expect } from 'chai';
import type { ManageRequest } from '#refgate/manage/manage-request.js';
import { type Authorization, parseAuthorization } from '#refgate/manage/oss/signature/authorization.js';
import { isSignedBy } from '#refgate/manage/oss/signature/signature.js';
import { type SignedParts, signedParts } from '#refgate/manage/oss/signature/signed-parts.js';
import { parseSigningDate } from '#refgate/manage/oss/signature/signing-date.js';
import { type StringToSign, stringToSign } from '#refgate/manage/oss/signature/string-to-sign.js';
import { outcomeOf } from '../support/authenticate-oss.js';
import { authenticationContext } from '../support/authentication-context.js';
import { manageSettings } from '../support/manage-settings.js';
import { toManageRequest } from '../support/sign-oss.js';
import { readVectorFile } from './vectors.js';

interface SignedVector {
  readonly title?: string;
  readonly key?: string;
  readonly secret?: string;
  readonly bucket?: string;
  readonly object?: string;
  readonly method?: string;
  readonly target?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly stringToSign?: string;
  readonly canonicalRequest?: string;
  /** The fault that must come, where it is not believed. */
  readonly code?: string;
}

interface VectorGroup {
  readonly source: string;
  readonly title: string;
  readonly cases: readonly SignedVector[];
}

function requestOf({ method = 'GET', target = '/examplebucket/?referer', headers }: SignedVector): ManageRequest {
  return toManageRequest({ method, target, headers, body: '' });
}

interface Reading {
  readonly authorization: Authorization;
  readonly parts: SignedParts;
  readonly made: StringToSign;
}

/** What is signed, also for an object, whose call would be refused. */
function readingOf(vector: SignedVector): Reading {
  const authorization = parseAuthorization([vector.headers['authorization'] ?? '']);
  if ('code' in authorization) throw new Error(authorization.message);
  const { bucket = 'examplebucket', object = '' } = vector;
  const parts = { ...signedParts(requestOf(vector), bucket, authorization), resource: `/${bucket}/${object}` };
  return { authorization, parts, made: stringToSign(parts, authorization) };
}

/** The whole way of a call, at the time when it was signed. */
function outcome(vector: SignedVector): Promise<string> {
  const { key = 'ak', secret = 'sk', headers } = vector;
  const date = parseSigningDate(headers['x-oss-date'] ?? headers['date'] ?? '') ?? new Date();
  const context = authenticationContext(manageSettings({ keys: { [key]: secret } }), { now: date });
  return outcomeOf(requestOf(vector), context);
}

function checkSignature(vector: SignedVector): void {
  const { authorization, parts, made } = readingOf(vector);
  if (vector.stringToSign !== undefined) expect(made.text).to.equal(vector.stringToSign);
  if (vector.canonicalRequest !== undefined) expect(made.canonicalRequest).to.equal(vector.canonicalRequest);
  expect(isSignedBy(vector.secret ?? 'sk', parts, authorization)).to.equal(true);
  expect(isSignedBy(`${vector.secret ?? 'sk'}x`, parts, authorization)).to.equal(false);
}

describe('OSS signatures of others are verified', () => {
  for (const { source, title, cases } of readVectorFile<VectorGroup[]>('oss-signatures')) {
    describe(`${title} [${source}]`, () => {
      for (const vector of cases) {
        const { method = 'GET', target = '/examplebucket/?referer', code } = vector;
        it(`${vector.title ?? `${method} ${target}`}: ${code ?? 'holds'}`, async () => {
          if (code === undefined) checkSignature(vector);
          if (vector.object === undefined) expect(await outcome(vector)).to.equal(code ?? vector.key ?? 'ak');
        });
      }
    });
  }
});
