import { expect } from 'chai';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import { type CheckProblem, decodeCheck } from '#refgate/transport/grpc/decode-check.js';
import { HeaderTable } from '#refgate/transport/grpc/header-table.js';
import { checkRequest, encodeCheckRequest, IMAGE_REQUEST } from '../../../support/grpc-check-request.js';
import { RECORDED_CHECKS, recordedCheck } from '../../../support/grpc-recorded-checks.js';

const WANTED = new HeaderTable(['referer', 'sec-fetch-site', 'x-forwarded-for']);

function decode(bytes: Buffer, trustedHops = 0): AuthzRequest {
  const decoded = decodeCheck(bytes, { headers: WANTED, trustedHops });
  if ('problem' in decoded) expect.fail(decoded.problem);
  return decoded;
}

function problemOf(bytes: Buffer): string {
  const decoded: AuthzRequest | CheckProblem = decodeCheck(bytes, { headers: WANTED, trustedHops: 0 });
  return 'problem' in decoded ? decoded.problem : expect.fail('it was read');
}

describe('decodeCheck', () => {
  for (const name of RECORDED_CHECKS) {
    it(`reads what Envoy sent: ${name}`, () => {
      expect(decode(recordedCheck(name))).to.deep.equal({
        method: 'GET',
        scheme: 'https',
        host: 'cdn.shop.example',
        target: '/images/a.jpg?x=1',
        headers: new Map([
          ['referer', ['https://www.shop.example/page']],
          ['sec-fetch-site', ['same-site']],
          ['x-forwarded-for', ['203.0.113.7,192.0.2.2']],
        ]),
        clientIp: '127.0.0.1',
        policyName: undefined,
      });
    });
  }

  describe('headers', () => {
    it('are found whatever their case', () => {
      expect(decode(checkRequest({ headers: { ReFeReR: 'a', REFERERS: 'b', '[eferer': 'c' } })).headers).to.deep.equal(
        new Map([['referer', ['a']]]),
      );
    });

    it('of a header_map keep their order and repetitions', () => {
      const headers = [
        { key: 'referer', raw_value: Buffer.from('first') },
        { key: 'sec-fetch-site', value: 'same-site' },
        { key: 'Referer', value: 'second' },
      ];
      expect(decode(checkRequest({ header_map: { headers } })).headers).to.deep.equal(
        new Map([
          ['referer', ['first', 'second']],
          ['sec-fetch-site', ['same-site']],
        ]),
      );
    });

    it('of a header_map are believed before those of the map', () => {
      const both = checkRequest({
        headers: { referer: 'map' },
        header_map: { headers: [{ key: 'referer', value: 'list' }] },
      });
      expect(decode(both).headers.get('referer')).to.deep.equal(['list']);
    });

    it('of the map are read where the header_map holds none', () => {
      expect(
        decode(checkRequest({ headers: { referer: 'map' }, header_map: { headers: [] } })).headers.get('referer'),
      ).to.deep.equal(['map']);
    });

    it('keep an empty value, which is not an absent one', () => {
      expect(decode(checkRequest({ headers: { referer: '' } })).headers.get('referer')).to.deep.equal(['']);
      const listed = checkRequest({ header_map: { headers: [{ key: 'referer' }] } });
      expect(decode(listed).headers.get('referer')).to.deep.equal(['']);
    });

    it('in raw bytes are UTF-8, with U+FFFD for what is none', () => {
      const raw = Buffer.from([0x68, 0xc3, 0xbc, 0xff, 0x2f]);
      const listed = checkRequest({ header_map: { headers: [{ key: 'referer', raw_value: raw }] } });
      expect(decode(listed).headers.get('referer')).to.deep.equal(['hü\ufffd/']);
    });

    it('may be 64 KB long', () => {
      const long = `https://a.example/${'x'.repeat(65_536)}`;
      expect(decode(checkRequest({ headers: { referer: long } })).headers.get('referer')).to.deep.equal([long]);
    });
  });

  describe('client address', () => {
    it('is the peer', () => {
      expect(decode(checkRequest({ headers: { 'x-forwarded-for': '203.0.113.7' } })).clientIp).to.equal('192.0.2.2');
    });

    it('is as many hops to the left of it as are trusted', () => {
      const forwarded = checkRequest({ headers: { 'x-forwarded-for': '203.0.113.7,192.0.2.2' } });
      expect(decode(forwarded, 1).clientIp).to.equal('203.0.113.7');
    });

    it('is empty for a Unix socket and for no source', () => {
      const pipe = { source: { address: { pipe: { path: '/run/x.sock' } } } };
      expect(decode(checkRequest({}, pipe)).clientIp).to.equal('');
      expect(
        decode(encodeCheckRequest({ attributes: { request: { http: { host: 'a.example' } } } })).clientIp,
      ).to.equal('');
    });
  });

  describe('context_extensions.policy', () => {
    it('names a policy, an empty name too', () => {
      expect(decode(checkRequest({}, { context_extensions: { policy: 'gold', other: 'x' } })).policyName).to.equal(
        'gold',
      );
      expect(decode(checkRequest({}, { context_extensions: { policy: '' } })).policyName).to.equal('');
    });

    it('is this key and no other', () => {
      const others = { Policy: 'a', policy2: 'b', polic: 'c' };
      expect(decode(checkRequest({}, { context_extensions: others })).policyName).to.equal(undefined);
    });
  });

  it('leaves method, scheme and path empty where gRPC as the client sends none', () => {
    const { method, scheme, target } = decode(encodeCheckRequest({ attributes: { request: { http: { host: 'a' } } } }));
    expect([method, scheme, target]).to.deep.equal(['', '', '']);
  });

  describe('what cannot be decided', () => {
    it('says which part is missing', () => {
      expect(problemOf(Buffer.alloc(0))).to.equal('attributes is missing');
      expect(problemOf(encodeCheckRequest({ attributes: {} }))).to.equal('attributes.request is missing');
      expect(problemOf(encodeCheckRequest({ attributes: { request: {} } }))).to.match(
        /^attributes\.request\.http is missing/,
      );
      expect(problemOf(checkRequest({ host: '' }))).to.match(/^attributes\.request\.http\.host is missing/);
    });

    it('is every truncation', () => {
      const whole = checkRequest({ headers: { referer: 'https://a.example/' } });
      for (let length = 1; length < whole.length; length += 1) {
        expect(problemOf(whole.subarray(0, length)), `${length} bytes`).to.match(/^the bytes are no /);
      }
    });

    /** Appended to a good request, so that nothing but them is at fault. */
    const malformed: Readonly<Record<string, readonly number[]>> = {
      'a tag without value': [0x12],
      'field number 0': [0x02, 0x00],
      'a group': [0x13, 0x14],
      'the end of a group': [0x14],
      'wire type 6': [0x16],
      'wire type 7': [0x17],
      'a length that reaches over the end': [0x12, 0x05, 0x00],
      'a length of 2^32': [0x12, 0x80, 0x80, 0x80, 0x80, 0x10],
      'a length of 2^64 - 1': [0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
      'a varint of 11 bytes': [0x10, ...Array<number>(10).fill(0x80), 0x00],
      'a tag of 11 bytes': [...Array<number>(10).fill(0x92), 0x00],
      'a varint that ends too early': [0x10, 0x80],
      'seven bytes of a 64-bit number': [0x11, 0, 0, 0, 0, 0, 0, 0],
      'three bytes of a 32-bit number': [0x15, 0, 0, 0],
      'an attributes field whose content reaches over its end': [0x0a, 0x02, 0x22, 0x01],
    };

    for (const [name, bytes] of Object.entries(malformed)) {
      it(`is ${name}`, () => {
        expect(problemOf(Buffer.concat([checkRequest(), Buffer.from(bytes)]))).to.match(/^the bytes are no /);
      });
    }
  });

  describe("protobuf's own rules", () => {
    it('skips fields that it does not know, of every wire type', () => {
      const unknown = [
        [0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        [0x11, 1, 2, 3, 4, 5, 6, 7, 8],
        [0x12, 0x02, 0xff, 0xff],
        [0x15, 1, 2, 3, 4],
        // attributes as a number: the wire type does not fit, so it is a field that is not known.
        [0x08, 0x01],
      ];
      expect(decode(Buffer.concat([checkRequest(), ...unknown.map((bytes) => Buffer.from(bytes))])).host).to.equal(
        'cdn.shop.example',
      );
    });

    it('reads a length and a tag that are longer than they need be', () => {
      const attributes = checkRequest();
      // 0x0a and the length of 1 or 2 bytes before: here both padded to five bytes and more.
      const content = attributes.subarray(attributes[1] !== undefined && attributes[1] < 0x80 ? 2 : 3);
      const low = (content.length & 0x7f) | 0x80;
      const high = (content.length >>> 7) | 0x80;
      const padded = [0x8a, 0x80, 0x80, 0x80, 0x00, low, high, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00];
      expect(decode(Buffer.concat([Buffer.from(padded), content])).host).to.equal('cdn.shop.example');
    });

    it('merges messages that occur twice, and the last scalar wins', () => {
      const first = checkRequest({ headers: { referer: 'first', 'sec-fetch-site': 'none' } });
      const second = encodeCheckRequest({
        attributes: { request: { http: { host: 'other.example', headers: { referer: 'second' } } } },
      });
      const { host, target, headers, clientIp } = decode(Buffer.concat([first, second]));
      expect([host, target, clientIp]).to.deep.equal(['other.example', IMAGE_REQUEST.path, '192.0.2.2']);
      expect(headers).to.deep.equal(
        new Map([
          ['referer', ['second']],
          ['sec-fetch-site', ['none']],
        ]),
      );
    });

    it('appends a header_map to one before it', () => {
      const first = checkRequest({ header_map: { headers: [{ key: 'referer', value: 'first' }] } });
      const second = encodeCheckRequest({
        attributes: { request: { http: { header_map: { headers: [{ key: 'referer', value: 'second' }] } } } },
      });
      expect(decode(Buffer.concat([first, second])).headers.get('referer')).to.deep.equal(['first', 'second']);
    });

    it('lets the last member of a oneof win', () => {
      const pipe = encodeCheckRequest({ attributes: { source: { address: { pipe: { path: '/x' } } } } });
      expect(decode(Buffer.concat([checkRequest(), pipe])).clientIp).to.equal('');
      expect(decode(Buffer.concat([pipe, checkRequest()])).clientIp).to.equal('192.0.2.2');
    });
  });
});
