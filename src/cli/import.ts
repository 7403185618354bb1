import { formatLoss } from '../import/format-loss.js';
import type { ImportFormat } from '../import/formats.js';
import { overLimit } from '../import/over-limit.js';
import { writeRuleFile } from '../import/write-rule-file.js';
import { printable } from '../printable.js';
import { exitCodes } from './exit-codes.js';
import { readInput } from './read-input.js';

/** `refgate import FORMAT FILE`: the rule file goes to stdout, what could not be carried over to stderr. */
export async function importRules(format: ImportFormat, path: string): Promise<number> {
  const source = await readInput(path);
  if ('problem' in source) return fail(source.problem, source.exitCode);
  const importer = await format.load();
  const imported = await importer(source);
  if ('problem' in imported) {
    return fail(`${imported.file}:${imported.line}: ${imported.problem}`, exitCodes.badInput);
  }
  const limit = overLimit(imported);
  if (limit !== undefined) return fail(`${source.file}:1: ${limit}`, exitCodes.badInput);
  process.stdout.write(writeRuleFile(imported, { product: format.product, file: source.file }));
  for (const loss of imported.losses) console.error(formatLoss(loss));
  return imported.losses.some(({ changesDecisions }) => changesDecisions) ? exitCodes.incomplete : exitCodes.ok;
}

function fail(problem: string, exitCode: number): number {
  console.error(printable(problem));
  return exitCode;
}
