import type { Findings } from '../../rules/findings.js';
import { LIMITS } from '../../rules/limits.js';
import { decodeText } from '../../rules/read/read-text.js';
import { readWholeFile } from '../../rules/read/read-whole-file.js';

/** The text of the settings file; `undefined` after the reason why there is none is reported. */
export async function readSettingsFile(file: string, findings: Findings): Promise<string | undefined> {
  const bytes = await readWholeFile(file, LIMITS.ruleFileBytes);
  if (typeof bytes !== 'string') return decodeText(bytes, file, findings);
  findings.add({ file, line: 1, column: 1, path: '', message: `the settings file ${bytes}` });
  return undefined;
}
