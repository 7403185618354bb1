import type { NetworkPattern } from '../../model/entry.js';
import { parseNetwork } from '../../referer/parse-network.js';
import { describeValue } from '../describe-value.js';
import type { FileFindings } from '../findings.js';
import { type KeyPath, quote } from '../key-path.js';
import { formatCount, type Limits } from '../limits.js';
import type { ListNode, MappingNode, TreeNode } from '../parse/syntax-tree.js';

/**
 * The ranges of a file in the form that Google, Bing, Apple and others publish (Google: "Verify requests from Google
 * crawlers and fetchers"; draft-illyes-aipref-jafar): `{ "prefixes": [{ "ipv4Prefix": "66.249.64.0/27" }, …] }`.
 * Publishers add keys, so others are ignored. What stands under ours has to be right: a range that is left out in
 * silence shuts the bot out.
 */
export function compileBotRanges(root: TreeNode, findings: FileFindings, limits: Limits): NetworkPattern[] {
  const prefixes = prefixesOf(root, findings);
  const next = prefixes?.items[limits.botRanges];
  if (next !== undefined) {
    findings.wrong(['prefixes', limits.botRanges], `more than ${formatCount(limits.botRanges)} ranges of one bot`);
  }
  const items = prefixes?.items.slice(0, limits.botRanges) ?? [];
  return items.flatMap((item, position) => rangesOf(item, ['prefixes', position], findings));
}

function prefixesOf(root: TreeNode, findings: FileFindings): ListNode | undefined {
  const prefixes = root.kind === 'mapping' ? entryAt(root, 'prefixes') : undefined;
  if (prefixes?.kind === 'list') return prefixes;
  if (prefixes !== undefined) findings.wrong(['prefixes'], `expected a list, got ${describeNode(prefixes)}`);
  else if (root.kind === 'mapping') findings.wrong(['prefixes'], 'required key is missing; expected a list');
  else findings.wrong([], `expected a mapping with the key "prefixes", got ${describeNode(root)}`);
  return undefined;
}

const FAMILIES = [
  { key: 'ipv4Prefix', bytes: 4, example: '66.249.64.0/27' },
  { key: 'ipv6Prefix', bytes: 16, example: '2001:4860:4801:10::/64' },
] as const;

function rangesOf(item: TreeNode, path: KeyPath, findings: FileFindings): NetworkPattern[] {
  if (item.kind !== 'mapping') {
    findings.wrong(path, `expected a mapping with "ipv4Prefix" or "ipv6Prefix", got ${describeNode(item)}`);
    return [];
  }
  const given = FAMILIES.filter(({ key }) => entryAt(item, key) !== undefined);
  if (given.length === 0) findings.wrong(path, 'expected "ipv4Prefix" or "ipv6Prefix" in this mapping');
  return given.flatMap((family) => {
    const range = readRange(entryAt(item, family.key), family);
    if (!('problem' in range)) return [range];
    findings.wrong([...path, family.key], range.problem);
    return [];
  });
}

function readRange(
  node: TreeNode | undefined,
  family: (typeof FAMILIES)[number],
): NetworkPattern | { problem: string } {
  const text = node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  const network = text === undefined ? undefined : parseNetwork(text);
  if (text === undefined || network === undefined || !isOfFamily(text, family.bytes)) {
    const got = text === undefined ? describeNode(node) : quote(text);
    return { problem: `expected an address range such as ${family.example}, got ${got}` };
  }
  // Then the name alone would do, which anybody can claim.
  return network.prefix === 0 ? { problem: 'this range holds every address, so it verifies nothing' } : network;
}

/** By the notation: an IPv4-mapped range is written as IPv6. */
function isOfFamily(text: string, bytes: 4 | 16): boolean {
  return text.includes(':') === (bytes === 16);
}

function entryAt(mapping: MappingNode, key: string): TreeNode | undefined {
  return mapping.pairs.find((pair) => pair.key === key)?.value;
}

function describeNode(node: TreeNode | undefined): string {
  if (node === undefined || node.kind === 'scalar') return describeValue(node?.value);
  return `a ${node.kind}`;
}
