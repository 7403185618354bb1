import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CasesResult, loadCases } from '#refgate/cases/load-cases.js';
import { formatRuleError } from '#refgate/rules/rule-error.js';
import { useFolder } from '../../support/loaded-folder.js';
import { fromRoot } from '../../support/paths.js';
import { writeFiles } from '../../support/rules-dir.js';

const invalid = fromRoot('test/fixtures/cases/invalid');
const mistakes = readdirSync(invalid).filter((name) => !name.endsWith('.errors.txt'));

function linesOf(result: CasesResult, folder: string): string[] {
  return result.ok ? [] : result.errors.map((error) => formatRuleError(error).replaceAll(`${folder}/`, ''));
}

describe('a cases file with a mistake', () => {
  /** `UPDATE_GOLDEN=1` writes the texts anew; read the difference before you commit it. */
  for (const mistake of mistakes) {
    it(mistake, async () => {
      const golden = join(invalid, `${mistake.replace(/\.\w+$/, '')}.errors.txt`);
      const errors = `${linesOf(await loadCases([join(invalid, mistake)]), invalid).join('\n')}\n`;
      if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, errors);
      expect(errors).to.equal(readFileSync(golden, 'utf8'));
      expect(errors).to.match(/^[\w./-]+:[1-9]\d*:[1-9]\d*: ./);
    });
  }
});

describe('loading cases', () => {
  const folder = useFolder();

  async function load(...files: string[]): Promise<CasesResult> {
    writeFiles(folder(), Object.fromEntries(files.map((text, position) => [`${position}.yaml`, text])));
    return loadCases(files.map((_, position) => join(folder(), `${position}.yaml`)));
  }

  const good = (request: string) => `cases:\n  - name: a\n    request: ${request}\n    expect: { decision: allow }\n`;

  it('tells the mistakes of all files together', async () => {
    const result = await load('cases: 1\n', good('{ url: "https://a.example/" }'), 'cases: []\n');
    expect(linesOf(result, folder())).to.deep.equal([
      '0.yaml:1:8: cases: expected a list, got the number 1',
      '2.yaml:1:8: cases: an empty list checks nothing, and would pass whatever the rules say; write a case',
    ]);
  });

  it('tells a file that cannot be read from one that is wrong', async () => {
    const wrong = await load('cases: 1\n');
    expect(wrong).to.include({ ok: false, reason: 'invalid' });
    const missing = await loadCases([join(folder(), '0.yaml'), join(folder(), 'none.yaml')]);
    expect(missing).to.include({ ok: false, reason: 'unreadable' });
    expect(linesOf(missing, folder())).to.have.length(2);
    expect(linesOf(await loadCases([folder()]), folder())).to.match(/is no regular file but a directory/);
  });

  it('knows where each case begins', async () => {
    const result = await load(good('{ url: "https://a.example/" }'), `# first line\n${good('{ url: "http://b/" }')}`);
    expect(result.ok && result.cases.map(({ file, line }) => `${file.slice(-6)}:${line}`)).to.deep.equal([
      '0.yaml:2',
      '1.yaml:3',
    ]);
  });

  const referers: [written: string, values: readonly string[] | undefined][] = [
    ['', undefined],
    [', referer: null', undefined],
    [', referer: ""', ['']],
    [', referer: "http://b/"', ['http://b/']],
    [', referer: ["http://b/", ""]', ['http://b/', '']],
    [', referer: x, headers: { Referer: [y, z] }', ['x', 'y', 'z']],
  ];
  for (const [written, values] of referers) {
    it(`reads the Referers of {${written}} as ${JSON.stringify(values)}`, async () => {
      const result = await load(good(`{ url: "https://a.example/x"${written} }`));
      expect(result.ok && result.cases[0]?.request.headers.get('referer')).to.deep.equal(values);
    });
  }

  it('reads every field of a request', async () => {
    const fields = 'method: POST, headers: { X-A: "1", x-b: [a, b] }, clientIp: 192.0.2.1, policy: p';
    const result = await load(good(`{ url: "https://a.example/x?y", ${fields} }`));
    expect(result.ok && result.cases[0]?.request).to.deep.equal({
      method: 'POST',
      scheme: 'https',
      host: 'a.example',
      target: '/x?y',
      headers: new Map([
        ['x-a', ['1']],
        ['x-b', ['a', 'b']],
      ]),
      clientIp: '192.0.2.1',
      policyName: 'p',
    });
  });
});
