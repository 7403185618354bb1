import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';

/** What a part of the house may import beside itself. Imports run one way; a part not named here is a mistake. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  version: [],
  printable: [],
  gen: [],
  match: ['model'],
  referer: ['model'],
  decide: ['match', 'referer', 'model'],
  rules: ['match', 'referer', 'model'],
  import: ['printable', 'rules', 'match', 'referer', 'model'],
  replay: ['printable', 'decide', 'rules', 'match', 'referer', 'model'],
  cases: ['printable', 'transport', 'decide', 'rules', 'match', 'referer', 'model'],
  observe: ['model'],
  transport: ['decide', 'match', 'referer', 'model', 'gen'],
  manage: ['printable', 'import', 'transport', 'rules', 'match', 'referer', 'model'],
  settings: ['transport', 'model'],
  cluster: ['settings', 'transport', 'rules', 'observe', 'decide', 'match', 'referer', 'model'],
  server: [
    'version',
    'settings',
    'cluster',
    'manage',
    'transport',
    'rules',
    'observe',
    'decide',
    'match',
    'referer',
    'model',
  ],
  cli: [
    'version',
    'printable',
    'server',
    'manage',
    'import',
    'replay',
    'cases',
    'settings',
    'transport',
    'rules',
    'observe',
    'decide',
    'match',
    'referer',
    'model',
  ],
  main: ['cli'],
};

const source = fromRoot('src/');

/** `decide/decide.ts` belongs to `decide`, `server.ts` to `server`. */
function partOf(path: string): string {
  return (path.split('/')[0] as string).replace(/\.ts$/, '');
}

function sourceFiles(): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(source, path), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(
    (match) => match[1] as string,
  );
  return specifiers.map((specifier) =>
    relative(source, join(source, dirname(path), specifier)).replace(/\.js$/, '.ts'),
  );
}

function offences(path: string): string[] {
  const from = partOf(path);
  const allowed = mayImport[from];
  if (allowed === undefined) return [`src/${path}: no rule says what ${from} may import`];
  return importsOf(path)
    .filter((target) => partOf(target) !== from && !allowed.includes(partOf(target)))
    .map((target) => `src/${path} imports src/${target}: ${from} may import ${allowed.join(', ') || 'nothing'}`);
}

describe('imports', () => {
  it('run downwards only', () => {
    expect(sourceFiles().flatMap(offences)).to.deep.equal([]);
  });

  it('leave the management APIs to themselves', () => {
    const apis = ['oss', 'cdn', 'rest'];
    const apiOf = (path: string) => apis.find((api) => path.startsWith(`manage/${api}/`));
    const crossing = sourceFiles().flatMap((path) =>
      importsOf(path).filter((target) => apiOf(path) && apiOf(target) && apiOf(path) !== apiOf(target)),
    );
    expect(crossing).to.deep.equal([]);
  });

  it('are found by this test', () => {
    expect(importsOf('decide/decide.ts')).to.include('model/decision.ts').and.include('decide/select-policy.ts');
  });
});
