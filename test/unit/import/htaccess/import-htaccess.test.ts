import { expect } from 'chai';
import { parse } from 'yaml';
import { importText } from '../../../support/import-fixtures.js';

interface WrittenPolicy {
  readonly referer: Readonly<Record<string, unknown>>;
  readonly match?: Readonly<Record<string, unknown>>;
  readonly exempt?: Readonly<Record<string, unknown>>;
  readonly onDeny?: Readonly<Record<string, unknown>>;
}

interface Outcome {
  readonly policies: readonly WrittenPolicy[];
  /** `LINE: message`, those that change decisions marked with `!`. */
  readonly losses: readonly string[];
}

async function imported(...lines: readonly string[]): Promise<Outcome> {
  const { yaml, losses } = await importText('htaccess', lines.join('\n'));
  const { policies } = parse(yaml) as { policies: WrittenPolicy[] };
  return { policies, losses: losses.map((each) => `${each.line}${each.changesDecisions ? '!' : ''}: ${each.message}`) };
}

const own = 'RewriteCond %{HTTP_REFERER} !^https?://a\\.example/ [NC]';
const deny = 'RewriteRule \\.gif$ - [F,NC]';

describe('importHtaccess', () => {
  it('spares the empty Referer where a condition does', async () => {
    const empty = async (...conditions: string[]) =>
      (await imported(...conditions, own, deny)).policies[0]?.referer['empty'];
    expect(await empty()).to.equal('deny');
    for (const pattern of ['!^$', '!^-?$', '!=""', '.', '.+', '^.+$']) {
      expect(await empty(`RewriteCond %{HTTP_REFERER} ${pattern}`), pattern).to.equal('allow');
    }
  });

  it('reads = as a comparison with the whole text', async () => {
    const { policies, losses } = await imported(
      'RewriteCond %{HTTP_HOST} =a.example',
      'RewriteCond %{REQUEST_METHOD} =GET',
      own,
      deny,
    );
    expect(policies[0]?.match).to.deep.include({ hosts: ['a.example'], methods: ['GET'] });
    expect(losses).to.deep.equal([]);
    const exact = await imported('RewriteCond %{HTTP_REFERER} =http://b.example/', deny);
    expect(exact.policies[0]?.referer).to.deep.include({ deny: ['~(?-i)^b\\.example/$'], empty: 'allow' });
    expect(exact.losses[0]).to.match(/^1!: .*takes http alone/);
  });

  it('leaves out a rule that orders Referers or takes them for files', async () => {
    for (const pattern of ['>m', '!<m', '-f', '-gt5']) {
      const { policies, losses } = await imported(`RewriteCond %{HTTP_REFERER} ${pattern}`, deny);
      expect(policies, pattern).to.deep.equal([]);
      expect(losses[0], pattern).to.match(/^1!: .*no counterpart/);
    }
  });

  it('takes alternatives for a deny list, with the empty Referer among them', async () => {
    const cond = (pattern: string, flags: string) => `RewriteCond %{HTTP_REFERER} ${pattern} [${flags}]`;
    const { policies } = await imported(cond('^$', 'OR'), cond('^https?://b\\.example', 'NC'), deny);
    expect(policies[0]?.referer).to.deep.include({ deny: ['~^b\\.example'], empty: 'deny' });
  });

  it('in the oss dialect lets an allow list of everything keep the empty Referer out', async () => {
    const { policies } = await imported(
      'RewriteCond %{HTTP_REFERER} ^$ [OR]',
      'RewriteCond %{HTTP_REFERER} evil\\.example',
      deny,
    );
    expect(policies[0]?.referer).to.deep.include({
      dialect: 'oss',
      allow: ['*'],
      deny: ['*evil.example'],
      empty: 'deny',
    });
  });

  it('carries statuses and redirects over', async () => {
    const answer = async (rule: string) => (await imported(own, rule)).policies[0]?.onDeny;
    expect(await answer('RewriteRule .* - [F]')).to.equal(undefined);
    expect(await answer('RewriteRule .* - [G]')).to.deep.equal({ status: 410 });
    expect(await answer('RewriteRule .* - [R=404]')).to.deep.equal({ status: 404 });
    expect(await answer('RewriteRule .* https://b.example/x.gif [R,L]')).to.deep.equal({
      redirect: 'https://b.example/x.gif',
    });
    expect(await answer('RewriteRule .* https://b.example/ [R=permanent]')).to.deep.equal({
      redirect: 'https://b.example/',
      status: 301,
    });
  });

  it('tells a redirect that holds a part of the request, and denies', async () => {
    const { policies, losses } = await imported(own, 'RewriteRule (.*) https://b.example/$1 [R]');
    expect(policies[0]?.onDeny).to.equal(undefined);
    expect(losses[0]).to.match(/^2!: redirect/);
  });

  it('narrows down by host, method, client and user agent', async () => {
    const { policies, losses } = await imported(
      own,
      'RewriteCond %{HTTP_HOST} ^(www\\.)?cdn\\.example$ [NC]',
      'RewriteCond %{REQUEST_METHOD} ^(GET|HEAD)$',
      'RewriteCond %{REMOTE_ADDR} !^192\\.0\\.2\\.',
      'RewriteCond %{REMOTE_ADDR} !^127\\.0\\.0\\.1$',
      'RewriteCond %{HTTP_USER_AGENT} !(googlebot|bingbot) [NC]',
      deny,
    );
    expect(losses).to.deep.equal([]);
    expect(policies[0]?.match).to.deep.equal({
      hosts: ['www.cdn.example', 'cdn.example'],
      extensions: ['gif'],
      methods: ['GET', 'HEAD'],
    });
    expect(policies[0]?.exempt).to.deep.equal({
      clientIps: ['192.0.2.0/24', '127.0.0.1'],
      userAgents: ['*googlebot*', '*bingbot*'],
    });
  });

  it('does not cover the paths that a rule spares', async () => {
    const { policies } = await imported(own, 'RewriteCond %{REQUEST_URI} !^/free/', deny);
    expect(policies.map(({ match }) => match)).to.deep.equal([{ extensions: ['gif'], not: { paths: ['/free/**'] } }]);
  });

  it('reads <FilesMatch> where it is about extensions', async () => {
    const scope = async (expression: string) =>
      (await imported(`<FilesMatch "${expression}">`, own, 'RewriteRule .* - [F]', '</FilesMatch>')).policies[0]?.match;
    expect(await scope('(?i)\\.(gif|jpe?g)$')).to.deep.equal({ extensions: ['gif', 'jpeg', 'jpg'] });
    expect(await scope('^.*\\.gif$')).to.deep.equal({ paths: ['**.gif'] });
    expect(await scope('.*')).to.equal(undefined);
    const { policies, losses } = await imported('<FilesMatch "^logo\\.gif$">', own, deny, '</FilesMatch>');
    expect(policies).to.deep.equal([]);
    expect(losses[0]).to.contain('it stands in <filesmatch>');
  });

  it('tells the slip ^http?://, and keeps to what it does', async () => {
    const { yaml } = await importText('htaccess', `RewriteCond %{HTTP_REFERER} !^http?://a\\.example/\n${deny}\n`);
    expect(yaml).to.contain('Line 1: ^http?:// never matches https');
    expect((parse(yaml) as { policies: WrittenPolicy[] }).policies[0]?.referer).to.deep.include({
      dialect: 'oss',
      allow: ['http://a.example/'],
    });
  });

  const leftOut: readonly (readonly [title: string, condition: string, rule: string])[] = [
    ['a negated pattern', own, 'RewriteRule !\\.html$ - [F]'],
    ['a rule that denies nothing', own, 'RewriteRule .* - [L]'],
    ['[OR] between negated conditions', `${own.replace('NC', 'OR')}\n${own}`, deny],
    ['a list to deny beside one to allow', `${own}\nRewriteCond %{HTTP_REFERER} evil`, deny],
    ['two lists to deny', 'RewriteCond %{HTTP_REFERER} a\nRewriteCond %{HTTP_REFERER} b', deny],
    ['a condition on cookies', `${own}\nRewriteCond %{HTTP_COOKIE} !session`, deny],
    ['a condition on the own host', 'RewriteCond %{HTTP_HOST}@%{HTTP_REFERER} !^([^@]*)@https?://\\1/', deny],
    ['a path with a look-ahead', own, 'RewriteRule ^(?!a)b - [F]'],
    ['a path of the file system', `${own}\nRewriteCond %{REQUEST_FILENAME} ^/var/www/`, deny],
    ['a container', `<Directory /web>\n${own}`, `${deny}\n</Directory>`],
  ];
  for (const [title, condition, rule] of leftOut) {
    it(`leaves a rule out for ${title}, and says so`, async () => {
      const { policies, losses } = await imported(condition, rule);
      expect(policies).to.deep.equal([]);
      expect(losses[0]).to.match(/^\d+!: the RewriteRule of line \d is left out: /);
    });
  }

  it('tells rules that may cover one request, since refgate asks the first policy alone', async () => {
    const other = 'RewriteCond %{HTTP_REFERER} ^https?://b\\.example';
    const { losses } = await imported(own, deny, other, 'RewriteRule \\.png$ - [F,NC]', other, 'RewriteRule .* - [F]');
    expect(losses).to.have.length(1);
    expect(losses[0]).to.match(/^6!: requests may be under this and under line 2/);
  });

  it('makes no policy where the engine is off, and where nothing is about Referers', async () => {
    expect((await imported(own, deny, 'RewriteEngine Off')).losses).to.match(/^3: RewriteEngine is off/);
    expect((await imported('Options -Indexes', 'RewriteRule ^old$ /new [R]')).losses[0]).to.match(/^1: nothing in it/);
  });

  describe('access control by SetEnvIf', () => {
    const good = 'SetEnvIf Referer ^https?://a\\.example/ good';
    const none = 'SetEnvIf Referer ^$ good';

    it('reads Require', async () => {
      expect((await imported(good, none, 'Require env good')).policies[0]?.referer).to.deep.include({
        allow: ['~(?-i)^a\\.example/'],
        empty: 'allow',
      });
      const { policies } = await imported(
        good,
        '<RequireAll>',
        'Require all granted',
        'Require not env good',
        '</RequireAll>',
      );
      expect(policies[0]?.referer).to.deep.include({ deny: ['~(?-i)^a\\.example/'], empty: 'allow' });
    });

    it('reads Order, Allow and Deny', async () => {
      const letsIn = await imported(good, 'Order Deny,Allow', 'Deny from all', 'Allow from env=good');
      expect(letsIn.policies[0]?.referer).to.deep.include({ allow: ['~(?-i)^a\\.example/'], empty: 'deny' });
      const keepsOut = await imported(good, 'Order Allow,Deny', 'Allow from all', 'Deny from env=good');
      expect(keepsOut.policies[0]?.referer).to.deep.include({ deny: ['~(?-i)^a\\.example/'], empty: 'allow' });
    });

    it('leaves out what else decides', async () => {
      const cases = [
        ['BrowserMatch bot good', 'Require env good'],
        ['Order Allow,Deny', 'Allow from 192.0.2.1', 'Allow from env=good'],
        ['Require env good', 'Require ip 192.0.2.1'],
        ['SetEnvIf Referer evil !good', 'Require env good'],
      ];
      for (const lines of cases) {
        const { policies, losses } = await imported(good, ...lines);
        expect(policies, lines.join('; ')).to.deep.equal([]);
        expect(losses[0]).to.match(/^\d!: the access control of line \d is left out: /);
      }
    });

    it('tells variables that nothing in the file decides by, and leaves others alone', async () => {
      expect((await imported(good)).losses[0]).to.match(/^1!: SetEnvIf Referer sets good/);
      expect((await imported('SetEnvIf User-Agent bot bad', 'Deny from env=bad')).policies).to.deep.equal([]);
    });
  });
});
