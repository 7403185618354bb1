import { expect } from 'chai';
import { type Both, useBoth } from './both.js';

/** Each server has a status of its own; without one it checks nothing. */
const servers: readonly { readonly names: string; readonly status?: number; readonly listen?: string }[] = [
  { names: 'a.example www.a.example', status: 450 },
  { names: '*.a.example', status: 451 },
  { names: 'open.a.example' },
  { names: '.b.example', status: 452 },
  { names: 'www.b.example *.deep.b.example', status: 453 },
  { names: '*.x.deep.b.example' },
  { names: 'www.c.*', status: 454 },
  { names: 'www.c.example c.example', status: 455 },
  { names: 'www.c.co.*', status: 456 },
  { names: '~^(www\\.)?d\\.example$', status: 457 },
  { names: '~^(?<user>.+)\\.e\\.example$', status: 458 },
  { names: '~^[^.]+\\.f\\.example$', status: 459 },
  { names: 'free.e.example' },
  { names: 'g.example', status: 465 },
  { names: '.g.example', status: 466 },
  { names: '*.h.example', status: 467 },
  { names: '.h.example h.test', status: 468 },
  { names: '_', status: 460, listen: ' default_server' },
];

const hosts: readonly string[] = [
  'a.example',
  'A.Example',
  'a.example.',
  'a.example:8080',
  'www.a.example',
  'x.a.example',
  'x.y.a.example',
  'open.a.example',
  'x.open.a.example',
  'b.example',
  'www.b.example',
  'x.b.example',
  'deep.b.example',
  'y.deep.b.example',
  'x.deep.b.example',
  'y.x.deep.b.example',
  'www.c.example',
  'c.example',
  'www.c.test',
  'www.c.co.test',
  'www.c.co',
  'd.example',
  'www.d.example',
  'x.d.example',
  'me.e.example',
  'you.and.me.e.example',
  'free.e.example',
  'e.example',
  'x.f.example',
  'x.y.f.example',
  'g.example',
  'x.g.example',
  'h.example',
  'x.h.example',
  'h.test',
  'other.example',
  '192.0.2.1',
  '[2001:db8::1]',
];

const configuration = servers.map(({ names, status, listen = '' }) => {
  const check = status === undefined ? '' : `valid_referers good.example; if ($invalid_referer) { return ${status}; }`;
  return `  server {\n    LISTEN${listen};\n    server_name ${names};\n    ${check}\n    location / { return 204; }\n  }`;
});

/** What one computation of `$invalid_referer` means for the next: each location is asked with both hosts as Referers. */
const nesting = `
  server {
    LISTEN;
    server_name cached.example;
    valid_referers outer.example;
    if ($invalid_referer) { return 461; }
    location / {
      valid_referers inner.example;
      if ($invalid_referer) { return 462; }
      return 204;
    }
  }
  server {
    LISTEN;
    server_name kept.example;
    valid_referers outer.example;
    if ($invalid_referer) { }
    location / {
      valid_referers inner.example;
      if ($invalid_referer) { return 469; }
      return 204;
    }
  }
  server {
    LISTEN;
    server_name never.example;
    if ($invalid_referer) { return 463; }
    location / {
      valid_referers inner.example;
      if ($invalid_referer) { return 464; }
      return 204;
    }
  }
  server {
    LISTEN;
    server_name inherited.example;
    valid_referers none outer.example ~^regex\\.example/;
    location /own/ {
      valid_referers inner.example;
      if ($invalid_referer) { return 465; }
      return 204;
    }
    location /outer/ {
      if ($invalid_referer) { return 466; }
      location /outer/inner/ { return 204; }
      return 204;
    }
    location /dead/ {
      return 204;
      if ($invalid_referer) { return 467; }
    }
    location /form/ {
      if ( $invalid_referer = 1 ) { return 468; }
      return 204;
    }
    location /empty/ {
      if ($invalid_referer != "") { return 469; }
      return 204;
    }
    location / { return 204; }
  }
  server {
    LISTEN;
    server_name done.example;
    return 204;
    location / {
      valid_referers inner.example;
      if ($invalid_referer) { return 470; }
    }
  }`;

const nested: readonly (readonly [host: string, path: string])[] = [
  ['cached.example', '/'],
  ['kept.example', '/'],
  ['never.example', '/'],
  ['inherited.example', '/'],
  ['inherited.example', '/own/'],
  ['inherited.example', '/outer/'],
  ['inherited.example', '/outer/inner/'],
  ['inherited.example', '/dead/'],
  ['inherited.example', '/form/'],
  ['inherited.example', '/empty/'],
  ['done.example', '/'],
];

describe('the server that the real nginx chooses, and the policy of the imported rules', function () {
  this.timeout(60_000);
  const both = useBoth(() => [...configuration, nesting].join('\n'));

  for (const host of hosts) {
    it(`are the same for ${host}`, async () => {
      await expectSame(both(), { target: '/a.jpg', host, referers: ['https://evil.example/'] });
    });
  }

  for (const [host, path] of nested) {
    it(`agree about every Referer for ${path} of ${host}`, async () => {
      for (const referer of ['outer.example', 'inner.example', 'regex.example', 'evil.example']) {
        await expectSame(both(), { target: path, host, referers: [`https://${referer}/`] });
      }
      await expectSame(both(), { target: path, host });
    });
  }

  it('are imported without a loss that changes decisions', () => {
    expect(both().imported.losses.filter(({ changesDecisions }) => changesDecisions)).to.deep.equal([]);
  });
});

async function expectSame(both: Both, question: Parameters<Both['nginx']>[0]): Promise<void> {
  expect(both.refgate(question), JSON.stringify(question)).to.equal(await both.nginx(question));
}
