import { expect } from 'chai';
import { formatListenAddress, parseListenAddress } from '#refgate/transport/listen-address.js';

describe('parseListenAddress', () => {
  const good = [
    ['127.0.0.1:9191', { kind: 'tcp', host: '127.0.0.1', port: 9191 }],
    ['localhost:0', { kind: 'tcp', host: 'localhost', port: 0 }],
    ['[::1]:65535', { kind: 'tcp', host: '::1', port: 65535 }],
    ['[fe80::1%eth0]:1', { kind: 'tcp', host: 'fe80::1%eth0', port: 1 }],
    ['unix:/run/refgate.sock', { kind: 'unix', path: '/run/refgate.sock' }],
    ['off', undefined],
  ] as const;
  for (const [text, value] of good) {
    it(`reads ${text}`, () => expect(parseListenAddress(text)).to.deep.equal({ value }));
  }

  for (const [text, value] of good) {
    if (value !== undefined) it(`writes ${text} back`, () => expect(formatListenAddress(value)).to.equal(text));
  }

  const bad = [
    '',
    '9191',
    ':9191',
    'localhost',
    'localhost:',
    'localhost:http',
    '::1:9191',
    '[::1]',
    '[x]:1',
    'a b:1',
    'OFF',
  ];
  for (const text of [...bad, 'localhost:65536', 'localhost:-1', 'unix:', 'unix:relative', 'http://localhost:1']) {
    it(`refuses "${text}"`, () => expect(parseListenAddress(text)).to.have.property('problem'));
  }

  it('refuses a socket path that the system would cut', () => {
    expect(parseListenAddress(`unix:/${'x'.repeat(107)}`)).to.have.property('problem');
    expect(parseListenAddress(`unix:/${'x'.repeat(106)}`)).to.have.property('value');
  });
});
