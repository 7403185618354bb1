import { readPolicies } from '../../rules/read-policies.js';
import { formatRuleError, type RuleError } from '../../rules/rule-error.js';
import type { AskRules } from '../../rules/thread/messages.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { Unloadable } from './managed-policies.js';
import { isSame } from './plain-value.js';
import { editYaml } from './yaml/edit-yaml.js';
import { renderBlock } from './yaml/render-yaml.js';
import { commentsOf, NotEditable } from './yaml/yaml-source.js';

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
  { name, next }: { readonly name: string; readonly next: PolicySource | undefined },
  place: FilePlace,
): Promise<PolicyFile> {
  const others = file.policies.filter((policy) => policy.name !== name);
  const at = file.policies.findIndex((policy) => policy.name === name);
  const policies = next === undefined ? others : others.toSpliced(at === -1 ? others.length : at, 0, next);
  if (policies.length === 0) return { content: undefined, policies };
  return { content: Buffer.from(await textFor(file, policies, place)), policies };
}

async function textFor(file: PolicyFile, policies: readonly PolicySource[], place: FilePlace): Promise<string> {
  if (file.content === undefined) return renderBlock({ policies }, 0);
  const text = file.content.toString();
  const edited = tryEdit(text, policies);
  if (edited !== undefined && (await says(edited, policies, place))) return edited;
  // What is written with anchors and the like is written out. No comment is lost, though it loses its place.
  return `${commentsOf(text)
    .map(({ source }) => `${source}\n`)
    .join('')}${renderBlock({ policies }, 0)}`;
}

function tryEdit(text: string, policies: readonly PolicySource[]): string | undefined {
  try {
    return editYaml(text, { policies });
  } catch (error) {
    if (error instanceof NotEditable) return undefined;
    throw error;
  }
}

async function says(text: string, policies: readonly PolicySource[], place: FilePlace): Promise<boolean> {
  const read = await readPolicyFile(Buffer.from(text), place);
  return 'policies' in read && isSame(read.policies, policies);
}

/** What is wrong with a policy in a file that shall be written; the paths of the errors begin at the policy. */
export async function checkPolicy(
  file: PolicyFile,
  name: string,
  { relative, ask }: FilePlace & { readonly ask: AskRules },
): Promise<readonly RuleError[]> {
  if (file.content === undefined) return [];
  // Which bots there are ranges of is a matter of warnings alone.
  const { errors } = await ask('checkFile', { bytes: file.content, relative, withBots: false });
  const at = file.policies.findIndex((policy) => policy.name === name);
  return errors.map((error) => ({ ...error, path: pathBelow(error.path, `policies[${at}]`) }));
}

function pathBelow(path: string, base: string): string {
  return path.startsWith(base) ? path.slice(base.length).replace(/^\./, '') : path;
}
