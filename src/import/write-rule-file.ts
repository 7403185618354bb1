import { basename } from 'node:path';
import { Document, isCollection, type Node, type YAMLSeq } from 'yaml';
import { printable } from '../printable.js';
import type { PolicySource } from '../rules/validate/schema.js';
import type { Imported, ImportedPolicy, Loss } from './imported.js';
import { PolicyNames } from './policy-names.js';

/** Where an import comes from, for the head of the file. */
export interface Origin {
  readonly product: string;
  /** Only its base name is written: paths of one machine tell nothing on another. */
  readonly file: string;
}

/** Losses that the head of the file repeats; all of them are on stderr. */
const lossesShown = 20;

/**
 * The rule file of an import, as text that `refgate validate` accepts. Every policy says `allowSelf: false`, for none
 * of the products lets a site refer to itself unless a list says so, and names are made valid and unique.
 */
export function writeRuleFile(imported: Imported, origin: Origin): string {
  const document = new Document({ policies: [] });
  document.commentBefore = comment(head(imported, origin));
  const list = document.get('policies', true) as YAMLSeq;
  const names = new PolicyNames();
  imported.policies.forEach((each, position) => {
    const node = policyNode(document, each, names);
    // Each policy is set off by a blank line but the first, whose dash would stand alone.
    node.spaceBefore = position > 0;
    list.add(node);
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function head({ losses }: Imported, { product, file }: Origin): string[] {
  const lost = losses.filter(({ changesDecisions }) => changesDecisions);
  const lines = [`Imported from ${product}: ${basename(file)}`];
  if (lost.length === 0) return lines;
  const more = lost.length > lossesShown ? [`… and ${lost.length - lossesShown} more`] : [];
  return [
    ...lines,
    'Not carried over, so that some requests are decided otherwise:',
    ...lost.slice(0, lossesShown).map(lossLine),
    ...more,
  ];
}

function lossLine({ file, line, message }: Loss): string {
  return `- ${basename(file)}:${line}: ${message}`;
}

function policyNode(document: Document, { policy, comments }: ImportedPolicy, names: PolicyNames): Node {
  const { name, ...rest } = policy;
  const written: PolicySource = {
    name: names.take(name),
    ...rest,
    referer: { ...policy.referer, allowSelf: false },
  };
  const node = document.createNode(written, { aliasDuplicateObjects: false });
  const extensions = node.getIn(['match', 'extensions'], true);
  if (isCollection(extensions)) extensions.flow = true;
  if (comments.length > 0) node.commentBefore = comment(comments);
  return node;
}

/** Texts of foreign files stand in comments, where a line break would end them. */
function comment(lines: readonly string[]): string {
  return lines.map((line) => ` ${printable(line)}`).join('\n');
}
