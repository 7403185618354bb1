import { expect } from 'chai';
import { loadFiles, useFolder } from '../../support/loaded-folder.js';

describe('warnings', () => {
  const folder = useFolder();

  async function warningsOf(yaml: string, files: Record<string, string> = {}): Promise<string[]> {
    const { result, lines } = await loadFiles(folder(), { 'a.yaml': yaml, ...files });
    expect(result.ok, lines.join('\n')).to.equal(true);
    return result.ok ? result.warnings.map((w) => `${w.line}:${w.column} ${w.path} ${w.code}`) : [];
  }

  const policy = (name: string, match: string, rest = ''): string =>
    `  - name: ${name}\n    match: ${match}\n    referer: {}\n${rest}`;

  it('tell of an allow list that nothing is on, and of a list file that turned out empty', async () => {
    const yaml = `policies:
  - { name: a, match: { hosts: [a.example] }, referer: { allow: [] } }
  - { name: b, match: { hosts: [b.example] }, referer: { allow: [{ file: l.txt }] } }
  - { name: c, match: { hosts: [c.example] }, referer: { deny: [], allow: [shop.example] } }
  - { name: d, match: { hosts: [d.example] }, referer: { allow: [] }, silence: [allow-list-empty] }
`;
    expect(await warningsOf(yaml, { 'l.txt': '# cut off\n\n' })).to.deep.equal([
      '2:65 policies[0].referer.allow allow-list-empty',
      '3:65 policies[1].referer.allow allow-list-empty',
    ]);
  });

  it('tell of a deny list that a page avoids by sending no Referer', async () => {
    const yaml = `policies:
  - { name: a, match: { hosts: [a.example] }, referer: { deny: [x.example], empty: allow } }
  - { name: b, match: { hosts: [b.example] }, referer: { deny: [x.example], empty: { absent: allow } } }
  - { name: c, match: { hosts: [c.example] }, referer: { deny: [x.example], empty: { blank: allow } } }
  - { name: d, match: { hosts: [d.example] }, referer: { deny: [x.example], allow: [a.example], empty: allow } }
  - { name: e, match: { hosts: [e.example] }, referer: { deny: [x.example] } }
  - { name: f, match: { hosts: [f.example] }, referer: { deny: [x.example], empty: allow }, silence: [allow-empty-with-deny-list] }
  - { name: g, match: { hosts: [g.example] }, referer: { deny: [], empty: allow } }
  - { name: h, match: { hosts: [h.example] }, referer: { allow: [x.example], empty: allow } }
`;
    expect(await warningsOf(yaml)).to.deep.equal([
      '2:84 policies[0].referer.empty allow-empty-with-deny-list',
      '3:84 policies[1].referer.empty allow-empty-with-deny-list',
      '5:104 policies[3].referer.empty allow-empty-with-deny-list',
    ]);
  });

  it('tell of both as the oss dialect has them: an empty allow list is none, and lets every empty Referer pass', async () => {
    const yaml = `policies:
  - { name: a, match: { hosts: [a.example] }, referer: { dialect: oss, deny: ["http://x.example/"] } }
  - { name: b, match: { hosts: [b.example] }, referer: { dialect: oss, deny: ["http://x.example/"], allow: [], empty: verify } }
  - { name: c, match: { hosts: [c.example] }, referer: { dialect: oss, deny: ["http://x.example/"], allow: ["*"], empty: allow } }
  - { name: d, match: { hosts: [d.example] }, referer: { dialect: oss, deny: ["http://x.example/"], allow: ["*"], empty: verify } }
  - { name: e, match: { hosts: [e.example] }, referer: { dialect: oss, allow: [], empty: allow } }
`;
    expect(await warningsOf(yaml)).to.deep.equal([
      '2:56 policies[0].referer.empty allow-empty-with-deny-list',
      '3:119 policies[1].referer.empty allow-empty-with-deny-list',
      '4:122 policies[2].referer.empty allow-empty-with-deny-list',
    ]);
  });

  /** Matches of an earlier policy and of a later one that gets nothing. */
  const unreachable: [earlier: string, later: string][] = [
    ['{}', '{ hosts: [a.example] }'],
    ['{ hosts: ["**"] }', '{}'],
    ['{ hosts: ["*"] }', '{ paths: ["/x"] }'],
    ['{ paths: ["/**"] }', '{ hosts: [a.example] }'],
    ['{ hosts: [a.example, B.example] }', '{ hosts: [b.example], paths: ["/x"] }'],
    ['{ hosts: ["*.example"] }', '{ hosts: [a.b.example, "*.c.example"] }'],
    ['{ hosts: [a.example], paths: ["/x/**"] }', '{ paths: ["/x/**"], hosts: [A.example] }'],
    ['{ hosts: [.example] }', '{ hosts: [example, a.example, "*.example", .b.example] }'],
    ['{ paths: ["/x/**"] }', '{ hosts: [a.example], paths: ["/x/y/**", "/x/*.jpg", "/x/a"] }'],
    ['{ paths: ["/x/*.jpg"] }', '{ paths: ["/x/a.jpg"] }'],
    ['{ methods: [GET, HEAD] }', '{ methods: [get], extensions: [jpg] }'],
    ['{ extensions: [jpg, png] }', '{ extensions: [PNG], schemes: [https] }'],
    ['{ clientIps: [192.0.2.0/24] }', '{ clientIps: [192.0.2.0/24], paths: ["/x"] }'],
    ['{ paths: ["~^/x", "~^/y"] }', '{ paths: ["~^/x"] }'],
    ['{ destinations: [image, video] }', '{ destinations: [Image], headers: { x-a: "1" } }'],
    ['{ headers: { X-A: true } }', '{ headers: { x-a: "1*", x-b: false } }'],
    ['{ query: { a: "1*" } }', '{ query: { a: "1*" }, cookies: { a: true } }'],
    ['{ all: [{ headers: { x-a: "1" } }] }', '{ all: [{ methods: [GET] }, { headers: { x-a: "1" } }] }'],
    ['{ any: [{ methods: [GET] }, { cookies: { a: true } }] }', '{ any: [{ cookies: { a: true } }], paths: ["/x"] }'],
    ['{ not: { cookies: { a: true } } }', '{ hosts: [a.example], not: { cookies: { a: true } } }'],
  ];
  for (const [earlier, later] of unreachable) {
    it(`tell that ${earlier} leaves nothing to ${later}`, async () => {
      const yaml = `policies:\n${policy('a', earlier)}${policy('b', later)}`;
      expect(await warningsOf(yaml)).to.deep.equal(['5:5 policies[1] unreachable-policy']);
      expect(await warningsOf(`${yaml}    silence: [unreachable-policy]\n`)).to.deep.equal([]);
    });
  }

  const reachable: [earlier: string, later: string][] = [
    ['{ paths: ["/x"] }', '{ hosts: [a.example] }'],
    ['{ hosts: [a.example], methods: [GET] }', '{ hosts: [a.example] }'],
    ['{ hosts: ["*.example"] }', '{ hosts: [example] }'],
    ['{ hosts: [a.example] }', '{ hosts: [a.example, b.example] }'],
    ['{ hosts: [a.example] }', '{}'],
    ['{ hosts: ["*.example"] }', '{ hosts: [.example] }'],
    ['{ paths: ["/x/**"] }', '{ paths: ["/x/y", "/y/**"] }'],
    ['{ paths: ["/x/**"] }', '{ paths: ["/x", "/x**"] }'],
    ['{ paths: ["/x/*"] }', '{ paths: ["/x/**"] }'],
    ['{ paths: ["/x/*.jpg"] }', '{ paths: ["/X/a.jpg"] }'],
    ['{ methods: [GET] }', '{ methods: [GET, HEAD] }'],
    ['{ hosts: [a.example], paths: ["/x"] }', '{ hosts: [a.example, b.example], paths: ["/x"] }'],
    ['{ paths: ["~^/x"] }', '{ paths: ["/x/a.jpg"] }'],
    ['{ paths: ["**x"] }', '{ paths: ["~^/x"] }'],
    ['{ headers: { x-a: true } }', '{}'],
    ['{ headers: { x-a: "1*" } }', '{ headers: { x-a: true } }'],
    ['{ headers: { x-a: "1" } }', '{ headers: { x-b: "1" } }'],
    ['{ headers: { x-a: false } }', '{ headers: { x-a: "1" } }'],
    ['{ headers: { a: true } }', '{ cookies: { a: true } }'],
    ['{ query: { token: false } }', '{ paths: ["/x"] }'],
    ['{ cookies: { a: true } }', '{ cookies: { A: true } }'],
    ['{ destinations: [image] }', '{ destinations: [image, video] }'],
    ['{ all: [{ hosts: [a.example] }] }', '{ hosts: [a.example, b.example] }'],
    ['{ any: [{ methods: [GET] }] }', '{ any: [{ methods: [GET] }, { methods: [HEAD] }] }'],
    ['{ not: { methods: [GET] } }', '{ not: { methods: [HEAD] } }'],
    ['{ not: { methods: [POST] } }', '{}'],
  ];
  for (const [earlier, later] of reachable) {
    it(`say nothing of ${later} after ${earlier}`, async () => {
      expect(await warningsOf(`policies:\n${policy('a', earlier)}${policy('b', later)}`)).to.deep.equal([]);
    });
  }

  it('tell of a policy whose hosts are covered by several before it', async () => {
    const earlier = `${policy('a', '{ hosts: [a.example] }')}${policy('b', '{ hosts: [b.example], methods: [GET] }')}`;
    const later = policy('c', '{ hosts: [a.example, b.example], methods: [GET] }');
    expect(await warningsOf(`policies:\n${earlier}${later}`)).to.deep.equal(['8:5 policies[2] unreachable-policy']);
  });

  const redirect = '    onDeny: { redirect: "https://cdn.example/img/no.png" }\n';
  const covers: [match: string, isWarned: boolean][] = [
    ['{ hosts: [cdn.example] }', true],
    ['{ hosts: [cdn.example], paths: ["/img/**"], extensions: [PNG], schemes: [https] }', true],
    ['{ hosts: [cdn.example], paths: ["/video/**"] }', false],
    ['{ hosts: [cdn.example], extensions: [jpg] }', false],
    ['{ hosts: [cdn.example], methods: [POST] }', false],
    ['{ hosts: [cdn.example], schemes: [http] }', false],
    ['{ hosts: [www.example] }', false],
    ['{ hosts: [cdn.example], paths: ["~^/img/"] }', true],
    ['{ hosts: [cdn.example], headers: { x-a: "1" } }', false],
    ['{ hosts: [cdn.example], any: [{ cookies: { a: true } }, { query: { a: true } }] }', false],
    ['{ all: [{ hosts: [cdn.example] }, { not: { destinations: [image] } }] }', false],
  ];
  for (const [match, isWarned] of covers) {
    it(`${isWarned ? 'tell' : 'say nothing'} of a redirect into ${match}`, async () => {
      const own = await warningsOf(`policies:\n${policy('own', match, redirect)}`);
      expect(own).to.deep.equal(isWarned ? ['5:25 policies[0].onDeny.redirect redirect-target-protected'] : []);
      const sent = policy('sends', '{ hosts: [x.example] }', redirect);
      const other = await warningsOf(`policies:\n${sent}${policy('other', match)}`);
      expect(other.length).to.equal(isWarned ? 1 : 0);
    });
  }

  const open = 'referer: { empty: allow }';
  const asides: readonly (readonly [aside: string, isWarned: boolean])[] = [
    [`match: { paths: [/img/x.png] }, ${open}`, false],
    [`match: { paths: [/img/x.png], clientIps: [192.0.2.1] }, ${open}`, true],
    [`match: { paths: [/img/x.png], methods: [POST] }, ${open}`, true],
    ['match: { paths: [/img/x.png] }, referer: { empty: { absent: allow } }', true],
    ['match: { paths: [/img/x.png] }, referer: { empty: allow, invalid: deny }', true],
    ['match: { paths: [/img/x.png] }, referer: { empty: allow, allow: [a.example] }', true],
  ];
  for (const [aside, isWarned] of asides) {
    it(`${isWarned ? 'tell' : 'say nothing'} of a redirect to what is set aside by ${aside}`, async () => {
      const protects = 'referer: { allow: [a.example] }, onDeny: { redirect: "https://cdn.example/img/x.png" }';
      const warned = await warningsOf(`policies:\n  - { name: aside, ${aside} }\n  - { name: rest, ${protects} }\n`);
      expect(warned.map((text) => text.split(' ').at(-1))).to.deep.equal(isWarned ? ['redirect-target-protected'] : []);
    });
  }
});
