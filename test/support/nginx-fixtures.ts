import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Imported } from '#refgate/import/imported.js';
import { importNginx } from '#refgate/import/nginx/import-nginx.js';
import { fromRoot } from './paths.js';

/** A main file of test/fixtures/import/nginx. */
export interface NginxFixture {
  /** Relative to that folder, with its extension. */
  readonly name: string;
  /** Absolute path, without the extension. */
  readonly base: string;
  readonly text: string;
}

/** Every configuration there: single files, and the nginx.conf of a folder. */
export function nginxFixtures(): NginxFixture[] {
  const folder = fromRoot('test/fixtures/import/nginx');
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return [`${entry.name}/nginx.conf`];
    return entry.name.endsWith('.conf') ? [entry.name] : [];
  });
  return names.map((name) => ({
    name,
    base: join(folder, name.replace(/\.conf$/, '')),
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}

/** What a configuration becomes; throws with the problem where it is none. Files are named as `file` begins. */
export async function importConfiguration(text: string, file = 'nginx.conf'): Promise<Imported> {
  const imported = await importNginx({ file, text });
  if ('problem' in imported) throw new Error(`${imported.file}:${imported.line}: ${imported.problem}`);
  return imported;
}
