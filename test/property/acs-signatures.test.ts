import openApi from '@alicloud/openapi-core';
import { expect } from 'chai';
import fc from 'fast-check';
import { readAcs3 } from '#refgate/manage/cdn/acs3-signature.js';
import type { CallSignature } from '#refgate/manage/cdn/call-signature.js';
import { type ReceivedCall, receiveCall } from '#refgate/manage/cdn/received-call.js';
import { readRpc } from '#refgate/manage/cdn/rpc-signature.js';
import { manageRequest } from '../support/manage-request.js';

const SEED = 20_261_122;
const { OpenApiUtil } = openApi;

/** Characters that encodings disagree about, and others. */
const awkward = fc.constantFrom(
  ...['+', '*', '~', ' ', '%', '%20', '&', '=', '/', '!', "'", '(', ')', ',', ':', '"', '\0'],
);
const character = fc.oneof(awkward, fc.constantFrom('a', 'Z', '0', '-', '_', '.', 'é', '例', '\u{1f600}'));
const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.array(character, { maxLength: 12 }).map((c) => c.join('')),
);
/** The npm SDK does not encode names: all real ones are of these characters. */
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,11}$/);
const parameters = fc.dictionary(name, value, { maxKeys: 6 });

/** Ways in which clients write what they signed. */
const encoders = {
  'as in npm': (text: string) => encodeURIComponent(text),
  'as in Python': (text: string) => encodeURIComponent(text).replaceAll('%20', '+').replaceAll('*', '%2A'),
  'every byte': (text: string) =>
    Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
};

const encoder = fc.constantFrom(...Object.values(encoders));

describe('the signatures of the npm SDK', () => {
  it('hold for all parameters in ACS3, and not for changed ones', () => {
    fc.assert(
      fc.property(parameters, encoder, value, (query, encode, body) => {
        const headers = acs3Headers(query, body);
        const draft = { method: 'POST', rawQuery: formText(query, encode), headers, body };
        expect(holds(readAcs3, draft)).to.equal(true);
        for (const mutant of mutantsOf(draft)) expect(holds(readAcs3, mutant), JSON.stringify(mutant)).to.equal(false);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('hold for all parameters of query and form in RPC style, and not for changed ones', () => {
    fc.assert(
      fc.property(parameters, parameters, encoder, (query, form, encode) => {
        const signed = { ...rpcParameters, ...query };
        const Signature = OpenApiUtil.getRPCSignature({ ...signed, ...form }, 'POST', 'sk');
        const ownForm = Object.fromEntries(Object.entries(form).filter(([each]) => !Object.hasOwn(signed, each)));
        fc.pre(Object.keys(ownForm).length === Object.keys(form).length);
        const draft = {
          method: 'POST',
          rawQuery: formText({ ...signed, Signature }, encode),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: formText(form, encode),
        };
        expect(holds(readRpc, draft)).to.equal(true);
        for (const mutant of mutantsOf(draft)) expect(holds(readRpc, mutant), JSON.stringify(mutant)).to.equal(false);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

interface Draft {
  readonly method: string;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const rpcParameters = {
  ...{ Action: 'DescribeCdnDomainConfigs', Version: '2018-05-10', AccessKeyId: 'ak', SignatureType: '' },
  ...{ SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0', SignatureNonce: 'n', Timestamp: '2026-11-22T00:11:46Z' },
};

function acs3Headers(query: Record<string, string>, body: string): Record<string, string> {
  const hash = OpenApiUtil.hash(Buffer.from(body), 'ACS3-HMAC-SHA256').toString('hex');
  const headers = {
    host: '127.0.0.1:9194',
    'x-acs-action': 'DescribeCdnDomainConfigs',
    'x-acs-version': '2018-05-10',
    'x-acs-date': '2026-11-22T00:11:46Z',
    'x-acs-signature-nonce': 'n',
    'x-acs-content-sha256': hash,
  };
  const request = { method: 'POST', pathname: '/', query, headers } as never;
  return { ...headers, authorization: OpenApiUtil.getAuthorization(request, 'ACS3-HMAC-SHA256', hash, 'ak', 'sk') };
}

function formText(from: Readonly<Record<string, string>>, encode: (text: string) => string): string {
  return Object.entries(from)
    .map(([key, text]) => `${key}=${encode(text)}`)
    .join('&');
}

/** Calls that differ in one thing, each of which is signed. */
function mutantsOf(draft: Draft): readonly Draft[] {
  const headers = Object.keys(draft.headers).filter((key) => !['authorization', 'content-type'].includes(key));
  return [
    { ...draft, method: 'GET' },
    { ...draft, rawQuery: `${draft.rawQuery}&Added=` },
    { ...draft, body: `${draft.body}&Added=x` },
    ...headers.map((key) => ({ ...draft, headers: { ...draft.headers, [key]: `${draft.headers[key]}x` } })),
  ];
}

function holds(read: typeof readAcs3, draft: Draft): boolean {
  const signature = read(
    receiveCall(manageRequest(draft), Buffer.from(draft.body), '') as ReceivedCall,
  ) as CallSignature;
  return signature.expected().sign('sk') === signature.signature;
}
