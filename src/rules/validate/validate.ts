import { z } from 'zod';
import type { FileFindings } from '../findings.js';
import type { KeyPath } from '../key-path.js';
import type { Limits } from '../limits.js';
import { type ListNode, type Plain, type TreeNode, toPlain } from '../parse/syntax-tree.js';
import { checkSchema } from './check-schema.js';
import { type Draft, leaveOut } from './draft.js';
import { type PolicySource, policySchema, ruleFileSchema } from './schema.js';

/** A policy as its file says it, without what the schema refused. */
export type PolicyDraft = Draft<PolicySource>;

/** The outermost mapping alone, so that policies can be validated one by one, until there are too many mistakes. */
const shellSchema = ruleFileSchema.extend({ policies: z.array(z.unknown()) });

/** Checks a file against the schema. Returns its policies, without what was wrong in them; `undefined`: no policy. */
export function validate(root: TreeNode, findings: FileFindings, limits: Limits): (PolicyDraft | undefined)[] {
  checkSchema(shellSchema, shellOf(root), [], findings);
  const drafts: (PolicyDraft | undefined)[] = [];
  const list = policiesOf(root);
  // One more than allowed, which whoever counts the policies of all files will refuse.
  for (const [position, node] of (list?.items ?? []).slice(0, limits.policies + 1).entries()) {
    if (findings.full) break;
    drafts.push(validatePolicy(node, ['policies', position], findings));
  }
  return drafts;
}

function validatePolicy(node: TreeNode, path: KeyPath, findings: FileFindings): PolicyDraft | undefined {
  const value = toPlain(node);
  const wrong = checkSchema(policySchema, value, path, findings);
  // Whatever the schema refused is left out, so the rest has the draft's type.
  return leaveOut(value, wrong) as PolicyDraft | undefined;
}

function shellOf(root: TreeNode): Plain {
  if (root.kind !== 'mapping') return toPlain(root);
  const shell = toPlain({ ...root, pairs: root.pairs.filter((pair) => pair.value.kind !== 'list') });
  if (typeof shell === 'object' && shell !== null && !Array.isArray(shell)) {
    for (const pair of root.pairs) if (pair.value.kind === 'list') shell[pair.key] = [];
  }
  return shell;
}

/** The list of policies of a rule file, if it has one. */
export function policiesOf(root: TreeNode): ListNode | undefined {
  if (root.kind !== 'mapping') return undefined;
  const value = root.pairs.find((pair) => pair.key === 'policies')?.value;
  return value?.kind === 'list' ? value : undefined;
}
