import { checkRuleFile } from '../../rules/check-rule-file.js';
import { readPolicies } from '../../rules/read-policies.js';
import { formatRuleError, type RuleError } from '../../rules/rule-error.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import { editPolicies, writePolicies } from './edit-file.js';
import type { Unloadable } from './managed-policies.js';
import { isSame } from './plain-value.js';

/** A policy's own file as somebody found it, or as it shall be. */
export interface PolicyFile {
  /** `undefined`: there is none. */
  readonly content: Buffer | undefined;
  /** All of its policies; more than one where it was written by hand. */
  readonly policies: readonly PolicySource[];
}

/** Where a policy file is: the rule directory, and the path below it. */
export interface FilePlace {
  readonly rules: string;
  readonly relative: string;
}

/** What a policy file holds, or why it cannot be told, each error a line. */
export async function readPolicyFile(
  content: Buffer | undefined,
  { rules, relative }: FilePlace,
): Promise<PolicyFile | Unloadable> {
  if (content === undefined) return { content, policies: [] };
  const read = await readPolicies(rules, { relative, identity: '', content });
  return read.ok
    ? { content, policies: read.policies }
    : { kind: 'unloadable', errors: read.errors.map(formatRuleError) };
}

/** The file in which the policy of a name is `next`, and all else as it was. */
export async function withPolicy(
  file: PolicyFile,
  change: { readonly name: string; readonly next: PolicySource | undefined },
  place: FilePlace,
): Promise<PolicyFile> {
  const policies = policiesWith(file, change);
  if (policies.length === 0) return { content: undefined, policies };
  for (const text of textsOf(file, change)) {
    const content = Buffer.from(text);
    const written = await readPolicyFile(content, place);
    // An anchor that several policies share, for one, cannot be changed for one of them alone.
    if ('policies' in written && isSame(written.policies, policies)) return { content, policies };
  }
  return { content: Buffer.from(writePolicies(policies)), policies };
}

function policiesWith({ policies }: PolicyFile, { name, next }: { name: string; next: PolicySource | undefined }) {
  const at = policies.findIndex((policy) => policy.name === name);
  if (at === -1) return next === undefined ? policies : [...policies, next];
  return [...policies.slice(0, at), ...(next === undefined ? [] : [next]), ...policies.slice(at + 1)];
}

function* textsOf(file: PolicyFile, { name, next }: { name: string; next: PolicySource | undefined }) {
  if (file.content === undefined) return;
  try {
    const text = editPolicies(file.content.toString(), name, next);
    if (text !== undefined) yield text;
  } catch {
    // The library refuses to write an alias whose anchor is gone: then all is written out.
  }
}

/** What is wrong with a policy in a file that shall be written; the paths of the errors begin at the policy. */
export async function checkPolicy(file: PolicyFile, name: string, place: FilePlace): Promise<readonly RuleError[]> {
  if (file.content === undefined) return [];
  // Which bots there are ranges of is a matter of warnings alone.
  const { errors } = await checkRuleFile(file.content, { dir: place.rules, relative: place.relative });
  const at = file.policies.findIndex((policy) => policy.name === name);
  return errors.map((error) => ({ ...error, path: pathBelow(error.path, `policies[${at}]`) }));
}

function pathBelow(path: string, base: string): string {
  return path.startsWith(base) ? path.slice(base.length).replace(/^\./, '') : path;
}
