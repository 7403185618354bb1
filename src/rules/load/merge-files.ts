import type { LoadedPolicy } from '../compile/compile-policy.js';
import { compileRules, type KnownPolicies } from '../compile/compile-rules.js';
import { reportDuplicates } from '../duplicate-names.js';
import { lint } from '../lint/lint.js';
import type { LoadSession } from '../load-session.js';
import type { ListedFile } from '../read/list-rule-files.js';
import { compareRuleErrors } from '../rule-error.js';
import type { CompiledFolder } from './load-result.js';
import { type LoadedFile, loadInto } from './loaded-file.js';

/** A file that was loaded by itself, and where it is, should it have to be loaded again. */
export interface MergedFile {
  readonly listed: ListedFile;
  readonly file: LoadedFile;
}

/**
 * Puts the files together in one session, in their order, which is empty but for what was found elsewhere. A file that
 * would go over a limit together with those before it is loaded once more, into the session, to tell where.
 */
export async function mergeFiles(
  files: readonly MergedFile[],
  total: LoadSession,
  known: KnownPolicies,
): Promise<CompiledFolder> {
  const loaded: LoadedPolicy[] = [];
  for (const { listed, file } of files) {
    const { session } = file;
    if (total.tally.add(session.tally) && total.findings.addAll(session.findings)) {
      total.names.push(...session.names);
      loaded.push(...file.loaded);
    } else if (!total.findings.full) loaded.push(...(await loadInto(total, listed)));
  }
  return conclude(loaded, total, known);
}

/** What came of a session, once all its files are loaded. */
export function conclude(
  loaded: readonly LoadedPolicy[],
  { findings, names, tally }: LoadSession,
  known?: KnownPolicies,
): CompiledFolder {
  reportDuplicates(names, findings);
  if (findings.errors.length > 0) return { ok: false, errors: findings.errors.sort(compareRuleErrors) };
  const rules = compileRules(loaded, tally.entries, known);
  return { ok: true, rules, warnings: [...findings.warnings, ...lint(loaded, rules)].sort(compareRuleErrors) };
}
