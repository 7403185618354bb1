import { LIMITS } from './limits.js';
import { hasChanged } from './read/has-changed.js';
import { type ListedFile, listRuleFiles } from './read/list-rule-files.js';
import { readPolicies } from './read-policies.js';
import { formatRuleError } from './rule-error.js';
import type { PolicySource } from './validate/schema.js';

/** Every policy of a directory, or why they cannot be told, each error a line. */
export type AllPolicies = readonly PolicySource[] | { readonly errors: readonly string[] };

/** Every policy of every rule file, in the order of files and lists, all of one moment. */
export async function readAllPolicies(rules: string): Promise<AllPolicies> {
  let last: AllPolicies = [];
  for (let attempt = 1; attempt <= LIMITS.readAttempts; attempt++) {
    const listing = listRuleFiles(rules);
    if ('unreadable' in listing) return { errors: [`${rules}: ${listing.unreadable}`] };
    last = await readFiles(rules, listing.files);
    // A file that went meanwhile is no mistake.
    if (!hasChanged({ dir: rules, files: listing.files, identities: new Map() })) return last;
  }
  return last;
}

async function readFiles(rules: string, files: readonly ListedFile[]): Promise<AllPolicies> {
  const policies: PolicySource[] = [];
  const errors: string[] = [];
  for (const file of files) {
    const read = await readPolicies(rules, file);
    if (read.ok) policies.push(...read.policies);
    else errors.push(...read.errors.map(formatRuleError));
  }
  return errors.length > 0 ? { errors } : policies;
}
