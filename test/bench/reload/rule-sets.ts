import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Prng } from '../../support/prng.js';
import { siteName } from '../support/names.js';

/** Rules of a size, and an edit that changes a small part of them. */
export interface RuleSet {
  readonly name: string;
  write(dir: string): void;
  edit(dir: string, number: number): void;
}

/** One list file of so many names. */
export function listOf(names: number): RuleSet {
  const random = new Prng(1);
  const text = Array.from({ length: names }, (_, number) => `${siteName(random, number)}\n`).join('');
  return {
    name: `a list file of ${names.toLocaleString('en')} names`,
    write: (dir) => {
      writeFileSync(join(dir, 'names.txt'), text);
      writeFileSync(join(dir, 'rules.yaml'), 'policies: [{ name: names, referer: { deny: [{ file: names.txt }] } }]\n');
    },
    // As a job that fetches a list replaces it: all of it is read and indexed anew.
    edit: (dir, number) => replace(join(dir, 'names.txt'), `${text}edit-${number}.example\n`),
  };
}

/** So many small policies, in files of as many. */
export function policiesIn(policies: number, files: number): RuleSet {
  const each = policies / files;
  const file = (number: number, edit = 0) =>
    `policies:\n${Array.from({ length: each }, (_, at) => policy(number * each + at, at === 0 ? edit : 0)).join('')}`;
  const path = (dir: string, number: number) => join(dir, `rules-${String(number).padStart(6, '0')}.yaml`);
  return {
    name: `${policies.toLocaleString('en')} policies in ${files.toLocaleString('en')} files`,
    write: (dir) => {
      for (let number = 0; number < files; number++) writeFileSync(path(dir, number), file(number));
    },
    edit: (dir, number) => replace(path(dir, number % files), file(number % files, number)),
  };
}

function policy(number: number, edit: number): string {
  return `  - name: site-${number}
    match: { hosts: [cdn-${number}.example] }
    referer: { allow: [site-${number}-${edit}.example] }
`;
}

function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
