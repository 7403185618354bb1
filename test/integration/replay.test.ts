import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { ReplayReport } from '#refgate/replay/report.js';
import { fromRoot } from '../support/paths.js';
import { RulesDir, writeFiles } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';

const fixture = (name: string): string => fromRoot(`test/fixtures/logs/${name}`);

const rules = `policies:
  - name: images
    match: { hosts: [cdn.shop.example], paths: ["/images/**"] }
    referer: { allow: [shop.example] }
  - name: videos
    mode: shadow
    match: { paths: ["/videos/**"] }
    referer: { deny: [thief.example] }
`;

describe('refgate replay', () => {
  let dir: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': rules });
  });

  afterEach(() => dir.dispose());

  const run = (args: readonly string[], input: string | Buffer = '') =>
    runRefgate(['replay', '--rules', dir.path, ...args], { input });

  function report(args: readonly string[], input?: string | Buffer): ReplayReport {
    const { status, stdout, stderr } = run([...args, '--format', 'json'], input);
    expect(status, stderr).to.equal(0);
    expect(stderr).to.equal('');
    return JSON.parse(stdout) as ReplayReport;
  }

  const host = ['--host', 'cdn.shop.example'];

  it('reports what would have been denied', () => {
    expect(report([fixture('combined.log'), ...host])).to.deep.include({
      logFormat: 'combined',
      lines: 4,
      unreadable: 0,
      allowed: 1,
      denied: 2,
      shadowDenied: 1,
      undecidable: 0,
      reasons: { not_in_allow_list: 2, allow_list: 1, deny_list: 1 },
      policies: { images: { allowed: 1, denied: 2 }, videos: { allowed: 0, denied: 0, shadowDenied: 1 } },
      topReferers: [
        { host: 'leech.example', denied: 2 },
        { host: 'thief.example', denied: 1 },
      ],
      topPaths: [
        { path: '/images/a.jpg', denied: 1 },
        { path: '/images/b.jpg', denied: 1 },
        { path: '/videos/a.mp4', denied: 1 },
      ],
      bytesSaved: 1000,
      shadowBytes: 150,
      notes: [],
    });
  });

  it('takes the host from logs that have it', () => {
    expect(report([fixture('combined-vhost.log')])).to.deep.include({
      allowed: 2,
      denied: 0,
      reasons: { allow_list: 1, no_policy: 1 },
    });
    for (const name of ['envoy.json.log', 'nginx.json.log', 'caddy.json.log', 'traefik.json.log']) {
      expect(report([fixture(name)]), name).to.include({ lines: 2, unreadable: 0, allowed: 1, denied: 1 });
    }
  });

  it('reads several logs, compressed ones and standard input, as one', () => {
    const log = readFileSync(fixture('combined.log'));
    writeFiles(dir.around, { 'access.log.2.gz': gzipSync(log) });
    const logs = [fixture('combined.log'), dir.beside('access.log.2.gz'), '-'];
    expect(report([...logs, ...host], gzipSync(log))).to.include({ lines: 12, allowed: 3, denied: 6, shadowDenied: 3 });
  });

  it('decides by a policy that is named, whatever the host', () => {
    const { policies } = report([fixture('combined.log'), '--policy', 'images']);
    expect(policies).to.deep.equal({ images: { allowed: 1, denied: 3 }, videos: { allowed: 0, denied: 0 } });
  });

  it('takes the scheme and the default action as told', () => {
    dir.write('rules.yaml', 'policies:\n  - { name: plain, match: { schemes: [http] }, referer: { allow: [] } }\n');
    expect(report([fixture('combined.log'), ...host])).to.deep.include({ reasons: { no_policy: 4 }, allowed: 4 });
    expect(report([fixture('combined.log'), ...host, '--default-action', 'deny'])).to.include({ denied: 4 });
    expect(report([fixture('combined.log'), ...host, '--scheme', 'http'])).to.deep.include({
      reasons: { not_in_allow_list: 4 },
    });
  });

  it('compares with the rules in force today', () => {
    const old = new RulesDir({ 'rules.yaml': rules.replace('allow: [', 'allow: [leech.example, ') });
    const { changed } = report([fixture('combined.log'), ...host, '--compare', old.path]);
    old.dispose();
    expect(changed).to.deep.equal({ allowToDeny: 2, denyToAllow: 0 });
  });

  it('reads a format that is written out', () => {
    const format = '$remote_addr [$time_local] "$request" $status "$http_referer" policy=$refgate_policy';
    const line = '192.0.2.1 [22/Nov/2026:08:00:01 +0000] "GET /images/a.jpg HTTP/1.1" 200 "-" policy=images\n';
    const made = report(['-', ...host, '--log-format', format], line);
    expect(made).to.deep.include({ lines: 1, unreadable: 0, denied: 1, reasons: { empty_denied: 1 } });
  });

  it('does not decide empty Referers under `empty: verify`, and tells so', () => {
    dir.write('rules.yaml', 'policies:\n  - { name: images, referer: { allow: [shop.example], empty: verify } }\n');
    const log = readFileSync(fixture('combined.log'), 'utf8').replaceAll('"https://leech.example/"', '"-"');
    const made = report(['-', ...host], log);
    expect(made).to.include({ lines: 4, allowed: 1, denied: 2, undecidable: 1 });
    expect(made.notes).to.have.length(1);
    expect(made.notes[0]).to.include('images is on "empty: verify"');
  });

  describe('with hostile Referers', () => {
    const hostile = `192.0.2.1 - - [22/Nov/2026:08:00:01 +0000] "GET /images/<script>.jpg HTTP/1.1" 200 5 "https://leech.example/" "x"
192.0.2.1 - - [22/Nov/2026:08:00:01 +0000] "GET /images/\x1b[2J\u202e.jpg HTTP/1.1" 200 5 "\\x1B]0;<script>alert(1)</script>" "x"
\x1b[31m<script>alert(2)</script>\x9b
`;
    const control = /[\p{Cc}\p{Cf}]/u;

    it('sends no control character to a terminal', () => {
      const { stdout } = run(['-', ...host], hostile);
      expect(stdout.replaceAll('\n', '')).to.not.match(control);
      expect(stdout).to.include('/images/\\x1b[2J\\u202e.jpg').and.include('\\x1b[31m<script>');
      expect(run(['-', ...host, '--format', 'json'], hostile).stdout.replaceAll('\n', '')).to.not.match(control);
    });

    it('puts none of it into a page but as text', () => {
      const { stdout } = run(['-', ...host, '--format', 'html'], hostile);
      expect(stdout.match(/<script/g)).to.have.length(1);
      expect(stdout.replaceAll('\n', '')).to.not.match(control);
      expect(stdout).to.include('/images/&lt;script&gt;.jpg').and.include('\\x1b[31m&lt;script&gt;alert(2)');
      expect(stdout).to.match(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
    });
  });

  describe('ends', () => {
    it('with 64 where the host is not known, and says what would tell it', () => {
      const { status, stderr, stdout } = run([fixture('combined.log')]);
      expect([status, stdout]).to.deep.equal([64, '']);
      expect(stderr).to.include('combined').and.include('--host').and.include('--policy');
    });

    it('with 64 for logs without a Referer, and says what to configure', () => {
      const { status, stderr } = run([fixture('envoy-default.log')]);
      expect(status).to.equal(64);
      expect(stderr).to.include('%REQ(REFERER)%').and.include('json_format');
      expect(run([fixture('combined.log'), '--log-format', 'common']).status).to.equal(64);
    });

    it('with 64 for a command line that is wrong', () => {
      const log = fixture('combined.log');
      for (const [args, said] of [
        [[], 'ACCESS_LOG'],
        [[log, '--policy', 'nobody'], 'nobody'],
        [[log, '--scheme', 'ftp'], 'ftp'],
        [[log, '--log-format', 'combinde', ...host], 'combinde'],
        [['-', '-', ...host], 'standard input'],
      ] as const) {
        const { status, stderr } = run(args);
        expect(status, stderr).to.equal(64);
        expect(stderr).to.include(said);
      }
    });

    it('with 66 for logs that cannot be read, all of them named before any is read', () => {
      const { status, stderr } = run([dir.beside('one.log'), fixture('combined.log'), dir.path, ...host]);
      expect(status).to.equal(66);
      expect(stderr)
        .to.include(`${dir.beside('one.log')}: cannot be read (ENOENT)`)
        .and.include(`${dir.path}: is a folder`);
    });

    it('with 66 for a compressed log that was cut off', () => {
      const whole = gzipSync(readFileSync(fixture('combined.log')));
      const { status, stderr, stdout } = run(['-', ...host], whole.subarray(0, 100));
      expect([status, stdout]).to.deep.equal([66, '']);
      expect(stderr).to.include('standard input');
    });

    it('with 65 for bad rules, the old ones too, and 66 for a folder that is not there', () => {
      const log = fixture('combined.log');
      expect(run([log, ...host, '--compare', dir.beside('nowhere')]).status).to.equal(66);
      dir.write('rules.yaml', 'policies:\n  - { nam: shop, referer: {} }\n');
      expect(run([log, ...host]).status).to.equal(65);
    });

    it('quietly where nobody reads the report to its end', async () => {
      const args = [fromRoot('dist/main.js'), 'replay', '--rules', dir.path, '-', ...host, '--format', 'html'];
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
      child.stdout.destroy();
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      child.stdin.end(readFileSync(fixture('combined.log')));
      const [status] = await once(child, 'close');
      expect([status, said]).to.deep.equal([0, '']);
    });

    it('without half a report when it is interrupted', async () => {
      const args = [fromRoot('dist/main.js'), 'replay', '--rules', dir.path, '-', ...host];
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
      // Enough that some of it has been read, which is when the pipe takes no more.
      while (child.stdin.write(readFileSync(fixture('combined.log')))) {
        // On.
      }
      await once(child.stdin, 'drain');
      child.kill('SIGINT');
      const [status, signal] = await once(child, 'close');
      expect([status, signal, printed]).to.deep.equal([null, 'SIGINT', '']);
    });
  });
});
