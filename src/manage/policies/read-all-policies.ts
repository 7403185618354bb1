import { LIMITS } from '../../rules/limits.js';
import { hasChanged } from '../../rules/read/has-changed.js';
import { type ListedFile, listRuleFiles } from '../../rules/read/list-rule-files.js';
import { readPolicies } from '../../rules/read-policies.js';
import { formatRuleError } from '../../rules/rule-error.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { Unloadable } from './managed-policies.js';

/** Every policy of every rule file, in the order of files and lists, all of one moment. */
export async function readAllPolicies(rules: string): Promise<readonly PolicySource[] | Unloadable> {
  let last: readonly PolicySource[] | Unloadable = [];
  for (let attempt = 1; attempt <= LIMITS.readAttempts; attempt++) {
    const listing = listRuleFiles(rules);
    if ('unreadable' in listing) return { kind: 'unloadable', errors: [`${rules}: ${listing.unreadable}`] };
    last = await readFiles(rules, listing.files);
    // A file that went meanwhile is no mistake.
    if (!hasChanged({ dir: rules, files: listing.files, identities: new Map() })) return last;
  }
  return last;
}

async function readFiles(rules: string, files: readonly ListedFile[]): Promise<readonly PolicySource[] | Unloadable> {
  const policies: PolicySource[] = [];
  const errors: string[] = [];
  for (const file of files) {
    const read = await readPolicies(rules, file);
    if (read.ok) policies.push(...read.policies);
    else errors.push(...read.errors.map(formatRuleError));
  }
  return errors.length > 0 ? { kind: 'unloadable', errors } : policies;
}
