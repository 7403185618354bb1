import { quote } from '../../rules/key-path.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { JsonValue } from '../json/json-value.js';
import type { Losses } from '../losses.js';

/** The requests that a rule covers. */
export interface RuleScope {
  readonly match: NonNullable<PolicySource['match']>;
  /** What tells the policy from those of other rules. */
  readonly nameParts: readonly string[];
}

/**
 * `all`, `file` (extensions), `directory` or `path`; `undefined` where nothing of it can be carried over: a policy
 * without its scope would cover everything.
 */
export function ruleScope(rule: JsonValue, losses: Losses): RuleScope | undefined {
  const type = rule.get('RuleType')?.word('all', 'file', 'directory', 'path') ?? 'all';
  if (type === 'all') return { match: {}, nameParts: [] };
  const read = type === 'file' ? readExtension : type === 'directory' ? readDirectory : readPath;
  const items: string[] = [];
  for (const written of rule.get('RulePaths')?.items() ?? []) {
    const item = read(written.text().trim());
    if (item !== undefined) items.push(item);
    else losses.changing(written.line, `${type} ${quote(written.text())} is no ${type} that refgate can match`);
  }
  if (items.length === 0) {
    losses.changing(rule.line, `rule for ${type} without a usable path: left out`);
    return undefined;
  }
  const nameParts = [type, items[0] ?? ''];
  return { match: type === 'file' ? { extensions: items } : { paths: items }, nameParts };
}

/** `jpg`, or `.jpg`; several in one text are none. */
function readExtension(written: string): string | undefined {
  const extension = written.replace(/^\*?\./, '');
  return /^[^./\s*?,;|]+$/.test(extension) ? extension : undefined;
}

/** `/xxx/test/`: everything below. */
function readDirectory(written: string): string | undefined {
  return readPath(`${written.replace(/\/+$/, '')}/**`);
}

/** A path as requests have it after refgate has resolved them; `*` stays a wildcard. */
function readPath(written: string): string | undefined {
  const isResolved = !/\/\.{0,2}\/|\/\.{1,2}$/.test(written);
  return written.startsWith('/') && isResolved && Buffer.byteLength(written) <= longestPath ? written : undefined;
}

/** Of a pattern in a rule file, in bytes. */
const longestPath = 4096;
