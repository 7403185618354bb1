import type { Findings } from '../rules/findings.js';
import { LIMITS } from '../rules/limits.js';
import { decodeText } from '../rules/read/read-text.js';
import { readWholeFile } from '../rules/read/read-whole-file.js';

/** The text of a cases file, or whether it could not be read at all, after the reason is reported. */
export async function readCasesFile(file: string, findings: Findings): Promise<string | { unreadable: boolean }> {
  const bytes = await readWholeFile(file, LIMITS.ruleFileBytes);
  if (typeof bytes === 'string') {
    findings.add({ file, line: 1, column: 1, path: '', message: `the cases file ${bytes}` });
    return { unreadable: true };
  }
  return decodeText(bytes, file, findings) ?? { unreadable: false };
}
