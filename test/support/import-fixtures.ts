import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import { type ImportFormat, type ImportFormatName, importFormats } from '#refgate/import/formats.js';
import type { Imported, ImportFailure, Loss } from '#refgate/import/imported.js';
import { writeRuleFile } from '#refgate/import/write-rule-file.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { loadRules } from '#refgate/rules/load.js';
import { fromRoot } from './paths.js';
import { RulesDir } from './rules-dir.js';

/** A configuration of another product, as it was found. */
export interface ImportFixture {
  readonly format: ImportFormatName;
  /** With its extension. */
  readonly name: string;
  /** Absolute path, without the extension. */
  readonly base: string;
  readonly text: string;
}

/** The endings of configurations; beside them lie golden files, tables and sources. */
const configuration = /\.(?:xml|json|htaccess)$/;

/** The formats whose fixtures are single files. */
export const singleFileFormats = ['oss', 'cdn', 'tencent-cdn', 'huawei-cdn', 'volcengine', 'htaccess'] as const;

/** All configurations of one format. */
export function importFixtures(format: ImportFormatName): ImportFixture[] {
  const folder = fromRoot(`test/fixtures/import/${format}`);
  const names = readdirSync(folder).filter((name) => configuration.test(name));
  return names.map((name) => ({
    format,
    name,
    base: join(folder, name.replace(configuration, '')),
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}

/** What `refgate import` makes of a text, the rule file written. */
export interface ImportedText {
  readonly yaml: string;
  readonly losses: readonly Loss[];
}

/** Imports a text; throws with the problem where it is no configuration of the product. */
export async function importText(format: ImportFormatName, text: string, file = 'file'): Promise<ImportedText> {
  const result = await tryImport(format, text, file);
  if ('problem' in result) throw new Error(`${result.file}:${result.line}: ${result.problem}`);
  const { product }: ImportFormat = importFormats[format];
  return { yaml: writeRuleFile(result, { product, file }), losses: result.losses };
}

/** The same, without the writing, and with failures as they are. */
export async function tryImport(
  format: ImportFormatName,
  text: string,
  file = 'file',
): Promise<Imported | ImportFailure> {
  const importer = await importFormats[format].load();
  return importer({ file, text });
}

/** What requests are decided by under a rule file. */
export async function snapshotOf(yaml: string): Promise<Snapshot> {
  const dir = new RulesDir({ 'rules.yaml': yaml });
  try {
    const loaded = await loadRules(dir.path);
    if (!loaded.ok) throw new Error(loaded.errors.map(({ message, line }) => `${line}: ${message}`).join('\n'));
    return createSnapshot(loaded.rules, { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 });
  } finally {
    dir.dispose();
  }
}
