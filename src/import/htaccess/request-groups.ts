import { isIP } from 'node:net';
import { parseHostPattern } from '../../referer/parse-host-pattern.js';
import { isProblem } from '../../referer/pattern-problem.js';
import type { Losses } from '../losses.js';
import { asGlob, RUN, type Shape, shapesOf, wordsOf } from '../regex/shapes.js';
import { LeftOut } from './left-out.js';
import type { RewriteCondition } from './rewrite-rules.js';
import type { RuleDraft } from './rule-draft.js';

type ReadCondition = (condition: RewriteCondition, draft: RuleDraft, losses: Losses) => boolean;

/** By subject; each gives false where it cannot read the condition. */
const readers: Readonly<Record<string, ReadCondition>> = {
  REQUEST_URI: readPath,
  REQUEST_FILENAME: readPath,
  HTTP_HOST: readHost,
  HTTP_USER_AGENT: readUserAgent,
  REMOTE_ADDR: readAddress,
  REQUEST_METHOD: readMethod,
};

/** Adds conditions on something else than the Referer: it narrows the rule down. */
export function readRequestGroup(group: readonly RewriteCondition[], draft: RuleDraft, losses: Losses): void {
  for (const condition of group) {
    const subject = /^%\{([A-Z_]+)\}$/i.exec(condition.test)?.[1]?.toUpperCase() ?? '';
    const read = Object.hasOwn(readers, subject) ? readers[subject] : undefined;
    const joins = group.length === 1 || subject === 'HTTP_HOST';
    if (read === undefined || !joins || !read(condition, draft, losses)) throw notReadable(condition);
  }
}

function notReadable({ line, test, pattern, isNegated }: RewriteCondition): LeftOut {
  if (/HTTP_REFERER/i.test(test) && /HTTP_HOST|SERVER_NAME/i.test(test)) {
    return new LeftOut(line, 'it compares the Referer with the host of the request: that is allowSelf: true');
  }
  return new LeftOut(line, `the condition ${test} ${isNegated ? '!' : ''}${pattern} has no counterpart`);
}

function readPath(condition: RewriteCondition, draft: RuleDraft, losses: Losses): boolean {
  const { test, pattern, isNegated, ignoreCase, line } = condition;
  if (/^-[fsdlFUhHxL]$/.test(pattern)) {
    if (isNegated) return false;
    losses.harmless(
      line,
      `${pattern}: refgate does not see files, so it decides before it is known whether there is one`,
    );
    return true;
  }
  // REQUEST_FILENAME is a path of the file system: of that, only the end is known.
  if (/FILENAME/i.test(test) && /^\^(?!\(?\.[*+])/.test(pattern)) return false;
  const list = isNegated ? draft.spared : draft.paths;
  list.push({ expression: pattern, ignoreCase, isRelative: false, line });
  return true;
}

/** `^(www\.)?cdn\.example$`; a port, and whatever else follows where there is no `$`, is not compared. */
function readHost({ pattern, isNegated }: RewriteCondition, draft: RuleDraft): boolean {
  const hosts = shapesOf(pattern)?.map(hostPattern);
  if (isNegated || hosts === undefined || hosts.some((host) => host === undefined)) return false;
  draft.hosts.push(...hosts.filter((host) => host !== undefined));
  return true;
}

/** Without `^` whatever ends in the host is covered: the host and what is below it. */
function hostPattern(shape: Shape): string | undefined {
  const isAnchored = !shape.startsWith(RUN);
  const host = shape.replace(/^\u{f0001}|\u{f0001}$/gu, '').toLowerCase();
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host)) return undefined;
  const pattern = isAnchored ? host : `.${host}`;
  return isProblem(parseHostPattern(pattern)) ? undefined : pattern;
}

/** `!googlebot`: such clients are not checked. */
function readUserAgent({ pattern, isNegated }: RewriteCondition, draft: RuleDraft): boolean {
  const globs = shapesOf(pattern)?.map((shape) => asGlob(shape, '*'));
  if (!isNegated || globs === undefined || globs.some((glob) => glob === undefined)) return false;
  draft.userAgents.push(...globs.filter((glob) => glob !== undefined));
  return true;
}

function readAddress({ pattern, isNegated }: RewriteCondition, draft: RuleDraft): boolean {
  const blocks = shapesOf(pattern)?.map(addressBlock);
  if (!isNegated || blocks === undefined || blocks.some((block) => block === undefined)) return false;
  draft.clientIps.push(...blocks.filter((block) => block !== undefined));
  return true;
}

/** `^192\.0\.2\.7$` is an address, `^192\.0\.2\.` the block of 24 bits. */
function addressBlock(shape: Shape): string | undefined {
  if (isIP(shape) !== 0) return shape;
  const beginning = shape.endsWith(`.${RUN}`) ? shape.slice(0, -1 - RUN.length) : '';
  const missing = 4 - beginning.split('.').length;
  const address = `${beginning}${'.0'.repeat(Math.max(missing, 0))}`;
  return missing > 0 && isIP(address) === 4 ? `${address}/${8 * (4 - missing)}` : undefined;
}

function readMethod({ pattern, isNegated }: RewriteCondition, draft: RuleDraft): boolean {
  const methods = wordsOf(pattern.replace(/^\^|\$$/g, ''));
  if (isNegated || methods?.every((method) => /^[A-Z]+$/.test(method)) !== true) return false;
  draft.methods.push(...methods);
  return true;
}
