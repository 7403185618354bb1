import { expect } from 'chai';
import { readAcs3 } from '#refgate/manage/cdn/acs3-signature.js';
import type { CallSignature } from '#refgate/manage/cdn/call-signature.js';
import type { CdnFault } from '#refgate/manage/cdn/cdn-fault.js';
import { type ReceivedCall, receiveCall } from '#refgate/manage/cdn/received-call.js';
import { readRpc } from '#refgate/manage/cdn/rpc-signature.js';
import { toManageRequest } from '../support/sign-oss.js';
import { readVectorFile } from './vectors.js';

interface SignatureVector {
  readonly source: string;
  readonly title: string;
  readonly scheme: 'ACS3' | 'RPC';
  readonly secret: string;
  readonly expect: { readonly accessKeyId: string; readonly stringToSign?: string };
  readonly request: { method: string; target: string; headers: Record<string, string>; body?: string };
}

const vectors = readVectorFile<readonly SignatureVector[]>('acs-signatures');

describe('the signatures of calls of the CDN API', () => {
  for (const vector of vectors) {
    it(`hold: ${vector.source}: ${vector.title}`, () => {
      const read = readVector(vector);
      expect(read).to.not.have.property('code');
      const { accessKeyId, signature, expected } = read as CallSignature;
      expect(accessKeyId).to.equal(vector.expect.accessKeyId);
      expect(expected().stringToSign).to.equal(vector.expect.stringToSign ?? expected().stringToSign);
      expect(signature)
        .to.equal(expected().sign(vector.secret))
        .and.not.equal(expected().sign(`${vector.secret}x`));
    });
  }
});

function readVector({ scheme, request }: SignatureVector): CallSignature | CdnFault {
  const { body = '' } = request;
  const call = receiveCall(toManageRequest({ ...request, body }), Buffer.from(body), '') as ReceivedCall;
  return scheme === 'ACS3' ? readAcs3(call) : readRpc(call);
}
