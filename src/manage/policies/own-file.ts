import { LIMITS } from '../../rules/limits.js';
import { joinDir } from '../../rules/read/list-rule-files.js';
import { readFileIfThere } from '../../rules/read/read-whole-file.js';
import { POLICY_NAME } from '../../rules/validate/policy-name.js';
import type { ManagedFolder } from './managed-folder.js';
import type { Unloadable } from './managed-policies.js';
import { type PolicyFile, readPolicyFile } from './policy-file.js';

/** The file of a policy as it is on disk now, or why it cannot be told. */
export async function readOwn(policy: string, folder: ManagedFolder): Promise<PolicyFile | Unloadable> {
  // No file can have another name, and none is looked for: a path could lead anywhere.
  if (!POLICY_NAME.test(policy)) return { content: undefined, policies: [] };
  const place = { rules: folder.rules, relative: folder.relative(policy) };
  const content = await readFileIfThere(folder.file(policy), LIMITS.ruleFileBytes);
  if (typeof content !== 'string') return readPolicyFile(content, place);
  return { kind: 'unloadable', errors: [`${joinDir(place.rules, place.relative)}: the rule file ${content}`] };
}
