import { type Client, status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { checkRequest, encodeCheckRequest } from '../support/grpc-check-request.js';
import { decodeResponse, metadataOf, type OfficialResponse, overwriting } from '../support/grpc-check-response.js';
import { RECORDED_CHECKS, recordedCheck } from '../support/grpc-recorded-checks.js';
import { check, clientOf, type RunningService, startService } from '../support/grpc-service.js';

const GOOD = 'https://shop.example/page';

describe('Check over gRPC', () => {
  let service: RunningService;
  let client: Client;

  before(async () => {
    service = await startService();
    client = clientOf(service.listener.address);
  });

  after(async () => {
    client.close();
    await service.listener.drain(5000);
  });

  async function answer(bytes: Buffer): Promise<OfficialResponse> {
    const response = await check(client, bytes);
    if ('details' in response) expect.fail(response.details);
    return response;
  }

  it('allows', async () => {
    const response = await answer(checkRequest({ headers: { referer: GOOD } }));
    expect(response.status).to.deep.equal({});
    expect(response.ok_response?.response_headers_to_add?.[0]?.header.key).to.equal('vary');
    expect(metadataOf(response)).to.include({ policy: 'images', decision: 'allow' });
  });

  it('denies with 403', async () => {
    const response = await answer(checkRequest({ headers: { referer: 'https://thief.example/' } }));
    expect(response.status).to.deep.equal({ code: status.PERMISSION_DENIED });
    expect(response.denied_response?.status).to.deep.equal({ code: 'Forbidden' });
  });

  it('redirects with 302 and location, by the policy that the proxy names', async () => {
    const response = await answer(checkRequest({}, { context_extensions: { policy: 'moved' } }));
    expect(response.denied_response?.status).to.deep.equal({ code: 'Found' });
    expect(response.denied_response?.headers?.[0]).to.deep.equal(
      overwriting('location', 'https://shop.example/hotlink.png?from=refgate'),
    );
  });

  it('reads headers and header_map alike', async () => {
    const raw = checkRequest({ header_map: { headers: [{ key: 'referer', raw_value: Buffer.from(GOOD) }] } });
    expect(await answer(raw)).to.deep.equal(await answer(checkRequest({ headers: { referer: GOOD } })));
  });

  it('hands over both of two Referers', async () => {
    const headers = [GOOD, 'https://thief.example/'].map((value) => ({ key: 'referer', value }));
    const response = await answer(checkRequest({ header_map: { headers } }));
    expect(response.status).to.deep.equal({ code: status.PERMISSION_DENIED });
    expect(service.told.requests.at(-1)?.headers.get('referer')).to.deep.equal([GOOD, 'https://thief.example/']);
  });

  it('takes a Referer of 64 KB', async () => {
    const referer = GOOD.padEnd(65_536, 'x');
    expect((await answer(checkRequest({ headers: { referer } }))).status).to.deep.equal({});
  });

  it('takes invalid UTF-8, as U+FFFD', async () => {
    const raw = Buffer.concat([Buffer.from(GOOD), Buffer.from([0xff, 0xfe])]);
    await answer(checkRequest({ header_map: { headers: [{ key: 'referer', raw_value: raw }] } }));
    expect(service.told.requests.at(-1)?.headers.get('referer')).to.deep.equal([`${GOOD}\ufffd\ufffd`]);
  });

  for (const name of RECORDED_CHECKS) {
    it(`answers what Envoy sent: ${name}`, async () => {
      const bytes = recordedCheck(name);
      expect((await answer(bytes)).status).to.deep.equal({ code: status.PERMISSION_DENIED });
    });
  }

  describe('refuses with INVALID_ARGUMENT', () => {
    const cases: Readonly<Record<string, readonly [Buffer, RegExp]>> = {
      'no bytes': [Buffer.alloc(0), /^attributes is missing/],
      'no attributes.request': [encodeCheckRequest({ attributes: {} }), /^attributes\.request is missing/],
      'no http': [encodeCheckRequest({ attributes: { request: {} } }), /\.http is missing/],
      'no host': [checkRequest({ host: '' }), /\.host is missing/],
      'bytes that are no message': [Buffer.from('not a protobuf message'), /^the bytes are no /],
      'a request that was cut off': [checkRequest().subarray(0, 40), /^the bytes are no /],
    };
    for (const [name, [bytes, text]] of Object.entries(cases)) {
      it(name, async () => {
        const error = await check(client, bytes);
        expect(error).to.include({ code: status.INVALID_ARGUMENT });
        expect('details' in error && error.details).to.match(text);
        expect(service.told.problems.at(-1)).to.match(text);
      });
    }
  });

  it('fails the call when deciding throws: an empty answer would be an allow', async () => {
    const error = await check(client, checkRequest({ host: 'crash.example' }));
    expect(error).to.include({ code: status.INTERNAL });
    expect(service.told.errors.at(-1)).to.be.an('error').with.property('message', 'decide failed');
  });

  it('answers UNIMPLEMENTED for a service that it does not have', (done) => {
    const asIs = (bytes: Buffer): Buffer => bytes;
    client.makeUnaryRequest('/other.Service/Check', asIs, decodeResponse, Buffer.alloc(0), (error) => {
      expect(error).to.include({ code: status.UNIMPLEMENTED });
      done();
    });
  });
});

describe('Check over gRPC with trusted hops', () => {
  it('takes the client from X-Forwarded-For', async () => {
    const { listener, told } = await startService({ trustedHops: 1 });
    const client = clientOf(listener.address);
    await check(client, checkRequest({ headers: { 'x-forwarded-for': '6.6.6.6,203.0.113.7,192.0.2.2' } }));
    expect(told.requests.map(({ clientIp }) => clientIp)).to.deep.equal(['203.0.113.7']);
    client.close();
    await listener.drain(5000);
  });
});
