import { expect } from 'chai';
import { LoggedFields } from '#refgate/replay/format/logged-fields.js';
import { toRecord } from '#refgate/replay/log-record.js';
import { parseRequestLine } from '#refgate/replay/request-line.js';

function fields(given: Partial<LoggedFields>): LoggedFields {
  return Object.assign(new LoggedFields(), given);
}

describe('a line as a record', () => {
  it('has what the line says, and empty texts for what it does not', () => {
    const given = { request: 'GET /a.jpg HTTP/1.1', status: '200', bytes: '17', clientIp: '192.0.2.1' };
    expect(toRecord(fields(given))).to.deep.equal({
      method: 'GET',
      target: '/a.jpg',
      host: '',
      scheme: '',
      headers: new Map(),
      clientIp: '192.0.2.1',
      time: undefined,
      status: 200,
      bytes: 17,
    });
  });

  it('has an address without its port, and none for what is no address', () => {
    const addresses = ['192.0.2.1:5000', '[2001:db8::1]:5000', '2001:db8::1', 'client.example', 'unix:'];
    const request = 'GET / HTTP/1.1';
    expect(addresses.map((clientIp) => toRecord(fields({ request, clientIp })))).to.deep.include.members(
      ['192.0.2.1', '2001:db8::1', '2001:db8::1', '', ''].map((clientIp) => toRecord(fields({ request, clientIp }))),
    );
  });

  it('is none where numbers are no numbers: the line was cut wrongly', () => {
    const request = 'GET / HTTP/1.1';
    for (const given of [{ status: 'GET' }, { bytes: '1x' }, { status: '2000' }, { bytes: '-5' }]) {
      expect(toRecord(fields({ request, ...given }))).to.equal('format');
    }
  });

  it('is none without a request', () => {
    for (const given of [{}, { method: 'GET' }, { request: '-' }, { method: 'GET', target: 'a b' }]) {
      expect(toRecord(fields(given))).to.equal('request');
    }
  });
});

describe('a request line', () => {
  const readable: Readonly<Record<string, readonly [method: string, target: string]>> = {
    'GET /a.jpg HTTP/1.1': ['GET', '/a.jpg'],
    'get /a.jpg HTTP/2.0': ['get', '/a.jpg'],
    'GET http://cdn.example/a.jpg HTTP/1.1': ['GET', 'http://cdn.example/a.jpg'],
    'OPTIONS * HTTP/1.1': ['OPTIONS', '*'],
    'CONNECT cdn.example:443 HTTP/1.1': ['CONNECT', 'cdn.example:443'],
    'GET /old': ['GET', '/old'],
  };
  for (const [line, [method, target]] of Object.entries(readable)) {
    it(`reads ${line}`, () => expect(parseRequestLine(line)).to.deep.equal({ method, target }));
  }

  for (const line of [
    '',
    '-',
    '\x16\x03\x01',
    'GET',
    'GET  HTTP/1.1',
    'GET /a b HTTP/1.1',
    'GET /a FTP/1',
    'G(T / HTTP/1.1',
    'GET a.jpg HTTP/1.1',
    'GET http:///x HTTP/1.1',
  ]) {
    it(`does not read ${JSON.stringify(line)}`, () => expect(parseRequestLine(line)).to.equal(undefined));
  }
});
