import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadRules } from '#refgate/rules/load.js';
import { linesOf } from '../../support/loaded-folder.js';
import { fromRoot } from '../../support/paths.js';

/**
 * One tiny file (or folder) per mistake, beside the exact text that an operator gets for it.
 * `UPDATE_GOLDEN=1` writes the texts anew; read the difference before you commit it.
 */
const folder = fromRoot('test/fixtures/rules/invalid');
const mistakes = readdirSync(folder).filter((name) => !name.endsWith('.errors.txt') && !name.startsWith('.'));

function goldenOf(mistake: string): string {
  return join(folder, `${mistake.replace(/\.(ya?ml|json)$/, '')}.errors.txt`);
}

async function errorsOf(mistake: string): Promise<string> {
  const path = join(folder, mistake);
  const isFolder = statSync(path).isDirectory();
  const dir = isFolder ? path : mkdtempSync(join(tmpdir(), 'refgate-invalid-'));
  try {
    if (!isFolder) copyFileSync(path, join(dir, mistake));
    const result = await loadRules(dir);
    expect(result.ok, `${mistake} must not load`).to.equal(false);
    return `${linesOf(result, dir).join('\n')}\n`;
  } finally {
    if (!isFolder) rmSync(dir, { recursive: true });
  }
}

describe('a rule file with a mistake', () => {
  for (const mistake of mistakes) {
    it(mistake, async () => {
      const errors = await errorsOf(mistake);
      if (process.env['UPDATE_GOLDEN']) writeFileSync(goldenOf(mistake), errors);
      expect(errors).to.equal(readFileSync(goldenOf(mistake), 'utf8'));
    });
  }

  it('is known in many forms, each with its text and each text with its file', () => {
    expect(mistakes.length).to.be.at.least(170);
    expect(mistakes.filter((mistake) => !existsSync(goldenOf(mistake)))).to.deep.equal([]);
    expect(readdirSync(folder).length).to.equal(mistakes.length * 2);
  });

  it('is told with file, line and column', () => {
    for (const mistake of mistakes) {
      const lines = readFileSync(goldenOf(mistake), 'utf8').trimEnd().split('\n');
      for (const line of lines) expect(line, mistake).to.match(/^[\w./-]+:[1-9]\d*:[1-9]\d*: ./);
    }
  });
});
