import type { Findings } from '../rules/findings.js';
import { LIMITS } from '../rules/limits.js';
import { describeReadFailure, openRegularFile, readAll } from '../rules/read/read-file.js';
import { decodeText } from '../rules/read/read-text.js';

/** The text of a cases file, or whether it could not be read at all, after the reason is reported. */
export async function readCasesFile(file: string, findings: Findings): Promise<string | { unreadable: boolean }> {
  const bytes = await readBytes(file);
  if (typeof bytes === 'string') {
    findings.add({ file, line: 1, column: 1, path: '', message: `the cases file ${bytes}` });
    return { unreadable: true };
  }
  return decodeText(bytes, file, findings) ?? { unreadable: false };
}

/** The bytes, or why there are none, to follow the file's name. */
async function readBytes(path: string): Promise<Buffer | string> {
  const file = await openRegularFile(path, LIMITS.ruleFileBytes);
  if ('problem' in file) return file.problem;
  try {
    return await readAll(file, LIMITS.ruleFileBytes);
  } catch (error) {
    return describeReadFailure(error);
  } finally {
    await file.handle.close();
  }
}
