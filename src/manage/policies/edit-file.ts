import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { PolicySource } from '../../rules/validate/schema.js';
import { mergeNode } from './merge-node.js';

const SCHEMA = { schema: 'core', merge: false, uniqueKeys: false, logLevel: 'silent' } as const;

/** The text of a new file of one policy: block style, and quoted where YAML 1.1 would read something else (`yes`). */
export function writePolicies(policies: readonly PolicySource[]): string {
  return new Document({ policies }, { ...SCHEMA, aliasDuplicateObjects: false, compat: 'yaml-1.1' }).toString(STYLE);
}

/** Long texts are not folded. */
const STYLE = { lineWidth: 0 } as const;

/**
 * A rule file in which the policy of a name is `next`, and everything else as it was; `undefined`: nothing is left.
 *
 * @param text - of a file that the loader can read
 */
export function editPolicies(text: string, name: string, next: PolicySource | undefined): string | undefined {
  const document = parseDocument(text, SCHEMA);
  const policies = document.get('policies');
  if (!isSeq<YAMLMap>(policies)) return undefined;
  const at = policies.items.findIndex((item) => isMap(item) && item.get('name') === name);
  if (next === undefined) policies.items.splice(at, 1);
  else if (at !== -1) mergeNode(document, policies.items[at], next);
  else addPolicy(document, policies, next);
  return policies.items.length === 0 ? undefined : document.toString(STYLE);
}

function addPolicy(document: Document.Parsed, policies: YAMLSeq<YAMLMap>, next: PolicySource): void {
  if (policies.items.length === 0) policies.flow = false;
  policies.items.push(document.createNode(next) as YAMLMap);
}
