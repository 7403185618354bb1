import { stat } from 'node:fs/promises';
import type { LoadSession } from '../load-session.js';
import { joinDir, type ListedFile, listRuleFiles } from './list-rule-files.js';
import { identityOf } from './read-file.js';

/** Whether the directory lists otherwise than before, or a file is not the one that was read. */
export async function hasChanged(before: readonly ListedFile[], session: LoadSession): Promise<boolean> {
  const after = await listRuleFiles(session.dir);
  if ('unreadable' in after || after.files.length !== before.length) return true;
  for (const [position, file] of after.files.entries()) {
    if (file.relative !== before[position]?.relative || file.identity !== before[position]?.identity) return true;
  }
  for (const [relative, identity] of session.identities) {
    if ((await currentIdentity(joinDir(session.dir, relative))) !== identity) return true;
  }
  return false;
}

async function currentIdentity(path: string): Promise<string> {
  try {
    return identityOf(await stat(path, { bigint: true }));
  } catch {
    return 'gone';
  }
}
