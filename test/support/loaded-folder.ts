import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadResult } from '#refgate/rules/load/load-result.js';
import { type LoadOptions, loadRules } from '#refgate/rules/load.js';
import { formatRuleError } from '#refgate/rules/rule-error.js';
import { writeFiles } from './rules-dir.js';

/** A folder of the test's own, removed after the test. Call inside `describe`. */
export function useFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'refgate-rules-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Loads files, and tells the outcome without the folder's name in it. */
export async function loadFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  options: LoadOptions = {},
): Promise<{ result: LoadResult; lines: string[] }> {
  writeFiles(folder, files);
  const result = await loadRules(folder, options);
  return { result, lines: linesOf(result, folder) };
}

/** Errors, or warnings where there are none, each as its line. */
export function linesOf(result: LoadResult, folder: string): string[] {
  const findings = result.ok ? result.warnings : result.errors;
  return findings.map((finding) => formatRuleError(finding).replaceAll(`${folder}/`, ''));
}
