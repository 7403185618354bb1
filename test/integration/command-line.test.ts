import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';
import { RulesDir } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';

const refgate = (...args: readonly string[]) => runRefgate(args);

const good = 'policies:\n  - { name: shop, referer: { allow: [shop.example] } }\n';
const bad = 'policies:\n  - { nam: shop, referer: {} }\n';
const warned = 'policies:\n  - { name: shop, referer: { allow: [] } }\n';

describe('command line', () => {
  let dir: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({ 'rules.yaml': good });
  });

  afterEach(() => dir.dispose());

  describe('validate', () => {
    it('exits with 0 for good rules, warnings alone too', () => {
      expect(refgate('validate', dir.path)).to.include({ status: 0, stdout: '1 policy, 1 entry: good\n' });
      dir.write('rules.yaml', warned);
      const { status, stdout } = refgate('validate', dir.path);
      expect(status).to.equal(0);
      expect(stdout)
        .to.contain(`${dir.at('rules.yaml')}:2:`)
        .and.contain('warning');
    });

    it('prints a long report to its end, whatever a pipe takes at once', () => {
      dir.write('rules.yaml', `policies:\n${'  - { name: 7 }\n'.repeat(2_000)}`);
      const { status, stdout } = refgate('validate', dir.path, '--format', 'json');
      expect(status).to.equal(65);
      // More than pipes and sockets hold.
      expect(stdout.length).to.be.greaterThan(400_000);
      expect((JSON.parse(stdout) as { errors: unknown[] }).errors).to.have.lengthOf(4_000);
    });

    it('takes a reader that has seen enough for no error', () => {
      const command = `"${process.execPath}" "${fromRoot('dist/main.js')}" validate "${dir.path}" --format json`;
      const { stderr } = spawnSync('sh', ['-c', `${command} | true`], { encoding: 'utf8' });
      expect(stderr).to.equal('');
    });

    it('takes warnings for errors with --strict', () => {
      expect(refgate('validate', '--strict', dir.path).status).to.equal(0);
      dir.write('rules.yaml', warned);
      const { status, stdout } = refgate('validate', '--strict', dir.path);
      expect(status).to.equal(65);
      expect(stdout).to.contain('(warning)').and.contain('not good').and.not.contain(': good');
    });

    it('exits with 65 for bad rules, and names every mistake with its place', () => {
      dir.write('rules.yaml', bad);
      dir.write('more.yaml', 'policies: 3\n');
      const { status, stdout } = refgate('validate', dir.path);
      expect(status).to.equal(65);
      const places = stdout
        .trim()
        .split('\n')
        .map((line) => line.slice(0, line.indexOf(': ')));
      expect(places).to.deep.equal([`${dir.at('more.yaml')}:1:11`, `${dir.at('rules.yaml')}:2:7`]);
    });

    it('prints JSON with --format json', () => {
      dir.write('rules.yaml', bad);
      const { status, stdout } = refgate('validate', '--format', 'json', dir.path);
      const report = JSON.parse(stdout) as { ok: boolean; errors: { line: number; path: string }[] };
      expect(status).to.equal(65);
      expect(report.ok).to.equal(false);
      expect(report.errors.map(({ line, path }) => `${line} ${path}`)).to.include('2 policies[0].nam');
    });

    it('exits with 66 for a folder that is not there', () => {
      const { status, stdout, stderr } = refgate('validate', dir.beside('nowhere'));
      expect(status).to.equal(66);
      expect(stdout + stderr)
        .to.contain('nowhere')
        .and.contain('ENOENT');
    });

    it('exits with 66 for a folder that may not be read', function () {
      // Root reads everything, so the check runs as nobody, which takes root to arrange.
      if (process.getuid?.() !== 0) return this.skip();
      if (spawnSync('setpriv', ['--version']).status !== 0) return this.skip();
      chmodSync(dir.around, 0o755);
      chmodSync(dir.path, 0o000);
      const nobody = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
      const command = [...nobody, process.execPath, fromRoot('dist/main.js'), 'validate', dir.path];
      const { status, stdout, stderr } = spawnSync('setpriv', command, { encoding: 'utf8' });
      expect(status, stdout + stderr).to.equal(66);
      expect(stdout + stderr).to.contain('EACCES');
    });
  });

  describe('usage', () => {
    const mistakes: readonly (readonly [args: readonly string[], said: string])[] = [
      [[], 'Usage: refgate'],
      [['sreve'], 'serve'],
      [['validate'], 'DIR'],
      [['validate', '--format', 'xml', '.'], 'xml'],
      [['serve'], '--rules'],
      [['serve', '--rules', '.', '--colour'], '--colour'],
      [['explain', '--rules', '.'], '--url'],
      [['explain', '--rules', '.', '--url', 'no url'], 'url'],
      [['explain', '--rules', '.', '--url', 'http://a.example/', '--header', 'no colon'], '--header'],
    ];
    for (const [args, said] of mistakes) {
      it(`exits with 64 for: refgate ${args.join(' ')}`, () => {
        const { status, stderr } = refgate(...args);
        expect(status).to.equal(64);
        expect(stderr).to.contain(said);
      });
    }

    it('reports all mistakes of serve together', () => {
      const { status, stderr } = refgate('serve', '--grpc-listen', '9191', '--drain-seconds=-1', '--log-level', 'loud');
      expect(status).to.equal(64);
      for (const flag of ['--rules', '--grpc-listen', '--drain-seconds', '--log-level'])
        expect(stderr).to.contain(flag);
    });

    it('prints help and version with exit code 0', () => {
      expect(refgate('--help')).to.include({ status: 0 });
      expect(refgate('serve', '--help').stdout).to.contain('REFGATE_GRPC_LISTEN');
      expect(refgate('--version').stdout).to.match(/^\d+\.\d+\.\d+\n$/);
    });
  });

  describe('explain', () => {
    const at = (...args: readonly string[]) =>
      refgate('explain', '--rules', dir.path, '--url', 'https://cdn.example/a.jpg', ...args);

    it('prints an object with --format json', () => {
      const { status, stdout } = at('--referer', 'https://leech.example/', '--format', 'json');
      expect(status).to.equal(0);
      expect(JSON.parse(stdout)).to.deep.include({
        decision: 'deny',
        reason: 'not_in_allow_list',
        policy: 'shop',
        entry: '',
        mode: 'enforce',
        status: 403,
        location: null,
        step: 7,
      });
    });

    it('tells the entry, and no status but 200 on an allow', () => {
      const { stdout } = at('--referer', 'https://www.shop.example/', '--format', 'json');
      const expected = { decision: 'allow', reason: 'allow_list', entry: 'shop.example', status: 200, location: null };
      expect(JSON.parse(stdout)).to.include(expected);
    });

    it('tells step, policy and entry in words', () => {
      const { stdout } = at('--referer', 'https://www.shop.example/');
      expect(stdout)
        .to.match(/^decision +allow$/m)
        .and.match(/^step +6: allow list$/m);
      expect(stdout)
        .to.match(/^policy +shop$/m)
        .and.match(/^entry +shop\.example$/m);
    });

    it('tells absent from blank from doubled', () => {
      dir.write(
        'rules.yaml',
        'policies:\n  - { name: a, referer: { empty: { absent: allow }, allow: [shop.example] } }\n',
      );
      const reason = (...args: readonly string[]) => {
        const { stdout } = at(...args, '--format', 'json');
        return (JSON.parse(stdout) as { reason: string }).reason;
      };
      expect(reason()).to.equal('empty_allowed');
      expect(reason('--referer', '')).to.equal('empty_denied');
      expect(reason('--referer', 'https://shop.example/', '--header', 'Referer: x')).to.equal('invalid_referer');
    });

    it('takes method, client, headers, policy and default action', () => {
      dir.write(
        'rules.yaml',
        [
          'policies:',
          '  - name: all',
          '    match: { methods: [POST], clientIps: [192.0.2.0/24] }',
          '    referer: {}',
          '    exempt: { userAgents: ["*bot*"] }',
        ].join('\n'),
      );
      const reason = (...args: readonly string[]) =>
        JSON.parse(at(...args, '--format', 'json').stdout) as { reason: string; decision: string };
      expect(reason('--default-action', 'deny')).to.include({ reason: 'no_policy', decision: 'deny' });
      expect(reason('--method', 'POST', '--client-ip', '192.0.2.7')).to.include({ reason: 'empty_denied' });
      expect(reason('--policy', 'all', '--header', 'User-Agent: ABot/1')).to.include({ reason: 'exempt_user_agent' });
      expect(reason('--policy', 'none')).to.include({ reason: 'unknown_policy', decision: 'deny' });
    });

    it('exits with 65 for bad rules and 66 for an unreadable folder', () => {
      dir.write('rules.yaml', bad);
      const { status, stderr } = at();
      expect(status).to.equal(65);
      expect(stderr).to.contain(`${dir.at('rules.yaml')}:2:7: policies[0].nam: unknown key`);
      dir.remove();
      expect(at().status).to.equal(66);
    });
  });
});
