import { expect } from 'chai';
import { importConfiguration } from '../../../support/nginx-fixtures.js';

/** `!` before a message: it changes decisions. */
async function imported(text: string): Promise<{ policies: unknown[]; losses: string[] }> {
  const { policies, losses } = await importConfiguration(text, 'no-such-folder/nginx.conf');
  return {
    policies: policies.map(({ policy }) => policy),
    losses: losses.map(({ line, message, changesDecisions }) => `${changesDecisions ? '!' : ''}${line}: ${message}`),
  };
}

const list = 'valid_referers shop.example;';

describe('import nginx: what denied requests get', () => {
  const answers: readonly (readonly [block: string, onDeny: object | undefined, loss?: RegExp])[] = [
    ['return 403;', undefined],
    ['return 404;', { status: 404 }],
    ['return 410 "gone";', { status: 410, body: 'gone' }],
    ['return 403 "no $host";', undefined, /^1: the text of the answer has variables/],
    ['return 444;', { status: 444 }, /^1: return 444: nginx closes/],
    ['return 503;', undefined, /^1: return 503: a denied request/],
    ['return 200 "no";', undefined, /^1: return 200: a denied request/],
    ['return https://shop.example/no.png;', { redirect: 'https://shop.example/no.png' }],
    ['return 302 https://shop.example/no.png;', { redirect: 'https://shop.example/no.png' }],
    ['return 301 https://shop.example/no.png;', { redirect: 'https://shop.example/no.png', status: 301 }],
    ['return 307 $scheme://$host/no.png;', undefined, /^1: redirect to .* it has variables/],
    ['return 302 /no.png;', undefined, /^1: redirect to "\/no.png": it has no host/],
    ['return 302;', undefined, /^1: return 302: a denied request/],
    ['rewrite ^ https://shop.example/no.png;', { redirect: 'https://shop.example/no.png' }],
    ['rewrite ^/(.*)$ http://a.example/no.png? permanent;', { redirect: 'http://a.example/no.png', status: 301 }],
    ['rewrite ^ https://shop.example/$1;', undefined, /variables/],
    ['rewrite ^ /no.png redirect;', undefined, /it has no host/],
    ['rewrite ^ /no.png last;', undefined, /^1: rewrite \^ \/no.png last: nginx answers with something else/],
    ['rewrite ^ /no.png; return 410;', { status: 410 }],
    [
      'rewrite \\.gif$ https://shop.example/no.png;',
      { redirect: 'https://shop.example/no.png' },
      /^!1: .* only for paths/,
    ],
    ['access_log off; return 403;', undefined],
    ['set $bad 1; return 403;', undefined],
    ['proxy_pass http://decoy;', undefined, /nginx answers with something else/],
  ];
  for (const [block, onDeny, loss] of answers) {
    it(`for ${block}`, async () => {
      const { policies, losses } = await imported(`location /a/ { ${list} if ($invalid_referer) { ${block} } }`);
      expect(policies).to.have.lengthOf(1);
      expect(policies[0]).to.have.nested.property('referer.allow').that.deep.equals(['shop.example']);
      expect((policies[0] as { onDeny?: object }).onDeny).to.deep.equal(onDeny);
      if (loss === undefined) expect(losses).to.deep.equal([]);
      else expect(losses.join('\n')).to.match(loss);
    });
  }
});

describe('import nginx: what is told', () => {
  const told: readonly (readonly [text: string, policies: number, losses: readonly RegExp[]])[] = [
    [`${list}`, 0, [/^1: valid_referers has no effect/]],
    ['location / { if ($invalid_referer) { return 403; } }', 0, [/^1: if \(\$invalid_referer\) never holds/]],
    [`location / { ${list} if ($invalid_referer) { expires 1d; } }`, 0, [/^1: if .* denies nothing/, /has no effect/]],
    [
      `location / { ${list} if ($invalid_referer) { set $bad 1; } if ($bad) { return 403; } }`,
      0,
      [/^!1: set \$bad 1: what is decided/, /denies nothing/, /has no effect/],
    ],
    [`location / { ${list} if ($invalid_referer = 0) { return 403; } }`, 0, [/^!1: if .* only if/, /has no effect/]],
    [`location / { ${list} set $x "a$invalid_referer"; }`, 0, [/^!1: set \$x/, /has no effect/]],
    [
      `location / { ${list} if ($request_method = POST) { return 405; } if ($invalid_referer) { return 403; } }`,
      1,
      [/^1: if .* nginx answers these requests before/],
    ],
    [
      `location / { ${list} if ($arg_token) { break; } if ($invalid_referer) { return 403; } }`,
      1,
      [/^!1: if .* nginx answers these requests before/],
    ],
    [
      `location @a { ${list} if ($invalid_referer) { return 403; } }`,
      0,
      [/^!1: .* others are sent there/, /has no effect/],
    ],
    [`location ~ (?=a) { ${list} if ($invalid_referer) { return 403; } }`, 0, [/^!1: .* its requests are not checked/]],
    [`location a/ { ${list} if ($invalid_referer) { return 403; } }`, 0, [/^1: .* no request chooses it/]],
    ['if ($http_referer ~ evil) { return 403; }\nlocation / {}', 0, [/^!1: .* decides by the text/]],
    ['map $http_referer $bad { evil 1; }\nmap $bad $worse { 1 1; }', 0, [/^!1: map .* a map of the Referer/]],
    ['map $http_referer $short { "~^(.{9})" $1; }\nlog_format x $short;', 0, [/^1: nothing in it denies/]],
    [
      `rewrite ^/old/(.*) /new/$1;\nlocation /a/ { ${list} if ($invalid_referer) { return 403; } }`,
      1,
      [/^!1: rewrite .* by the new path/],
    ],
    [
      `location /b/ { try_files $uri /a/x; }\nlocation /a/ { ${list} if ($invalid_referer) { return 403; } }`,
      2,
      [/^!1: try_files .* a path that it checks/],
    ],
    [
      `rewrite ^/old/ /a/x break;\nlocation /a/ { ${list} if ($invalid_referer) { return 403; } }`,
      1,
      [/^!1: rewrite .* by the new path/],
    ],
    [`rewrite ^/old/ /a/x redirect;\nlocation /a/ { ${list} if ($invalid_referer) { return 403; } }`, 1, []],
    [
      `${list}\nif ($invalid_referer) { access_log off; }\nlocation /a/ { ${list} if ($invalid_referer) { return 403; } }`,
      1,
      [/^2: if .* denies nothing/, /^3: valid_referers has no effect/],
    ],
    [
      'access_by_lua_block { if ngx.var.invalid_referer then ngx.exit(403) end }',
      0,
      [/^!1: access_by_lua_block: its Lua/],
    ],
    ["location / { rewrite_by_lua 'deny(ngx.var.http_referer)'; }", 0, [/^!1: rewrite_by_lua: its Lua/]],
    ['log_by_lua_block { log(ngx.var.http_referer) }', 0, [/^1: nothing in it denies/]],
    [
      `server { server_name ?.example; ${list} if ($invalid_referer) { return 403; } }`,
      0,
      [/^1: server_name "\?\.example": the question mark/],
    ],
    [
      `server { server_name a.example; ${list} if ($invalid_referer) { return 403; } }\nserver { server_name .a.example; ${list} if ($invalid_referer) { return 403; } }`,
      1,
      [/^2: server_name "\.a\.example": nginx ignores it/],
    ],
    [
      `server { server_name .a.example; ${list} if ($invalid_referer) { return 403; } }\nserver { server_name A.example *.a.example; ${list} if ($invalid_referer) { return 403; } }`,
      1,
      [/^2: server_name "a\.example": nginx ignores it/, /^2: server_name "\*\.a\.example": nginx ignores it/],
    ],
    [`location /b/ { try_files $uri /c/x; }\nlocation /a/ { ${list} if ($invalid_referer) { return 403; } }`, 2, []],
    [
      `merge_slashes off;\nlocation /a/ { ${list} if ($invalid_referer) { return 403; } }`,
      1,
      [/^!1: merge_slashes off/],
    ],
    [
      `server { server_name ~^a(?=b); ${list} if ($invalid_referer) { return 403; } }`,
      0,
      [/^!1: server_name .* regular expression/],
    ],
    [
      `server { listen 80; server_name a.example; }\nserver { listen 8080; server_name a.example; ${list} if ($invalid_referer) { return 403; } }`,
      2,
      [/^!2: server: it has the name a.example, as the server at/],
    ],
  ];
  for (const [text, policies, losses] of told) {
    it(`of ${text}`, async () => {
      const result = await imported(text);
      expect(result.policies).to.have.lengthOf(policies);
      expect(result.losses, result.losses.join('\n')).to.have.lengthOf(losses.length);
      for (const [position, loss] of losses.entries()) expect(result.losses[position]).to.match(loss);
    });
  }
});

describe('import nginx: the words of valid_referers', () => {
  const words: readonly (readonly [word: string, entries: readonly string[], loss?: RegExp])[] = [
    ['a.example', ['a.example']],
    ['A.Example/Path', ['a.example/Path']],
    ['*.a.example/x', ['**.a.example/x']],
    ['www.a.*', ['www.a.**']],
    ['10.*', ['10.**', '10.0.0.0/8']],
    ['192.0.2.0/24', ['http://192.0.2.0/24', 'https://192.0.2.0/24']],
    ['~^a\\.example/', ['~^a\\.example/']],
    ['https://a.example', [], /^1: .* begins with a scheme/],
    ['a.example:8080/x', [], /^1: .* a port or a colon/],
    ['[::1]', [], /^1: .* a port or a colon/],
    ['a.example,', [], /^1: .* the comma belongs to the name/],
    ['/path', [], /^1: .* it has no host/],
    ['$host', [], /^1: .* no variables/],
    ['a?b.example', [], /^1: .* the question mark is no wildcard/],
    ['a.example/x?y', ['a.example/x?y']],
    ['a*b.example', [], /^1: .* nginx refuses/],
    ['*', [], /^1: .* nginx refuses/],
    ['*.a.*', [], /^1: .* nginx refuses/],
    ['a,b.example', [], /^!1: .* left out/],
    ['~a++', [], /^!1: .* left out/],
  ];
  for (const [word, entries, loss] of words) {
    it(`takes ${word}`, async () => {
      const text = `location / { valid_referers shop.example "${word.replaceAll('\\', '\\\\')}"; if ($invalid_referer) { return 403; } }`;
      const { policies, losses } = await imported(text);
      expect(policies[0])
        .to.have.nested.property('referer.allow')
        .that.deep.equals(['shop.example', ...entries]);
      if (loss === undefined) expect(losses).to.deep.equal([]);
      else expect(losses.join('\n')).to.match(loss);
    });
  }

  it('tells where nginx would ask the path of one name alone', async () => {
    const words = 'a.example/shop *.example b.test/x c.test ~^b';
    const { losses } = await imported(`location / { valid_referers ${words}; if ($invalid_referer) { return 403; } }`);
    expect(losses).to.have.lengthOf(2);
    expect(losses[0]).to.match(/^!1: valid_referers "a.example\/shop": nginx asks the path/);
    expect(losses[1]).to.match(/^!1: valid_referers "b.test\/x": nginx asks the path/);
  });
});
