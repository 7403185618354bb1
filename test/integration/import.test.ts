import { expect } from 'chai';
import { importFormats } from '#refgate/import/formats.js';
import { fromRoot } from '../support/paths.js';
import { RulesDir } from '../support/rules-dir.js';
import { runRefgate } from '../support/run-refgate.js';

const refgate = (args: readonly string[], input: string | Buffer = '') => runRefgate(args, { input });

const list = JSON.stringify({ referer_type: 2, referer_list: 'shop.example' });
const lossy = JSON.stringify({ referer_type: 2, referer_list: 'shop.example;bad\u001bhost' }, null, 2);

describe('refgate import', () => {
  let dir: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({});
  });

  afterEach(() => dir.dispose());

  it('writes rules that validate takes', () => {
    dir.write('.huawei.json', list);
    const { status, stdout, stderr } = refgate(['import', 'huawei-cdn', dir.at('.huawei.json')]);
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    dir.write('rules.yaml', stdout);
    expect(refgate(['validate', dir.path])).to.include({ status: 0, stdout: '1 policy, 1 entry: good\n' });
  });

  it('reads stdin for -', () => {
    const { status, stdout } = refgate(['import', 'huawei-cdn', '-'], list);
    expect(status).to.equal(0);
    expect(stdout).to.contain('# Imported from Huawei Cloud CDN: stdin\n').and.contain('- shop.example\n');
  });

  it('tells losses with their lines, control characters made visible, and exits with 2', () => {
    const { status, stdout, stderr } = refgate(['import', 'huawei-cdn', '-'], lossy);
    expect(status).to.equal(2);
    expect(stderr).to.match(/^stdin:3: entry "bad\\u001bhost": .* \(changes decisions\)\n$/);
    expect(stdout).to.contain('- shop.example\n').and.not.contain('\u001b');
  });

  it('reads the includes of an nginx configuration, and names them in what it tells', () => {
    const folder = fromRoot('test/fixtures/import/nginx/several-files');
    const { status, stdout, stderr } = refgate(['import', 'nginx', `${folder}/nginx.conf`]);
    expect(status).to.equal(2);
    expect(stdout).to.match(/^# Imported from nginx: nginx\.conf\n/);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => line.replace(`${folder}/`, '').split(' ')[0]);
    expect(lines).to.deep.equal(['bad-visitors.conf:9:', 'parts/hotlink.conf:5:']);
  });

  it('writes all of a long rule file into a pipe', () => {
    const hosts = Array.from({ length: 20_000 }, (_, number) => `a${number}.example`);
    const { status, stdout } = refgate(
      ['import', 'huawei-cdn', '-'],
      JSON.stringify({ referer_type: 2, referer_list: hosts.join(';') }),
    );
    expect(status).to.equal(0);
    expect(stdout.match(/\.example$/gm)).to.have.length(20_000);
    expect(stdout).to.match(/allowSelf: false\n$/);
  });

  it('exits with 65 for what is no such configuration, with its line', () => {
    const { status, stdout, stderr } = refgate(
      ['import', 'huawei-cdn', '-'],
      '{\n  "referer": {\n    "referer_type": 3 } }',
    );
    expect({ status, stdout }).to.deep.equal({ status: 65, stdout: '' });
    expect(stderr).to.equal('stdin:3: "referer_type": expected 0, 1 or 2, got the number 3\n');
  });

  it('exits with 65 for bytes that are no text, and for more than 16 MiB', () => {
    const binary = refgate(['import', 'cdn', '-'], Buffer.from('[\n\xff', 'latin1'));
    expect(binary.status).to.equal(65);
    expect(binary.stderr).to.match(/^stdin:2: not a text file: the byte 0xFF/);
    const large = refgate(['import', 'cdn', '-'], Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
    expect(large.status).to.equal(65);
    expect(large.stderr).to.contain('too large: at most 16 MiB');
  });

  it('exits with 66 for a file that cannot be read', () => {
    const { status, stdout, stderr } = refgate(['import', 'cdn', dir.at('nowhere.xml')]);
    expect({ status, stdout }).to.deep.equal({ status: 66, stdout: '' });
    expect(stderr).to.contain('nowhere.xml').and.contain('ENOENT');
    expect(refgate(['import', 'cdn', dir.path]).status).to.equal(66);
  });

  it('exits with 64 for a format that there is not, and without a file', () => {
    expect(refgate(['import', 'apache', '-'])).to.include({ status: 64 });
    expect(refgate(['import', '__proto__', '-'])).to.include({ status: 64 });
    expect(refgate(['import', 'cdn'])).to.include({ status: 64 });
  });

  it('names every format in its help', () => {
    const { stdout } = refgate(['import', '--help']);
    for (const [name, { product }] of Object.entries(importFormats))
      expect(stdout).to.contain(name).and.contain(product);
  });
});
