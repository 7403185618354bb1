import { orFailure } from '../import-problem.js';
import type { Imported, ImportedPolicy, ImportFailure, ImportSource } from '../imported.js';
import { Losses } from '../losses.js';
import { accessPolicy } from './access-policy.js';
import { accessSections } from './access-sections.js';
import { LeftOut } from './left-out.js';
import { overlaps } from './overlaps.js';
import { isAboutReferer } from './read-conditions.js';
import { type Directive, readDirectives } from './read-directives.js';
import { refererVariables } from './referer-variables.js';
import { rewriteRules } from './rewrite-rules.js';
import { rulePolicy } from './rule-policy.js';

/**
 * Reads the hotlink protection of an Apache configuration, as it is written into .htaccess files: `RewriteRule` with
 * conditions on the Referer, and access control by variables that `SetEnvIf Referer` sets. Other directives are passed
 * over.
 */
export function importHtaccess(source: ImportSource): Promise<Imported | ImportFailure> {
  return orFailure(source, () => {
    const directives = readDirectives(source.text);
    const losses = new Losses(source);
    const parts = withoutTwins([...rewriteParts(directives, losses), ...accessParts(directives, losses)]);
    tellOverlaps(parts, losses);
    if (parts.length === 0 && losses.list.length === 0) {
      losses.harmless(1, 'nothing in it is about Referers: no policy comes of it');
    }
    return { policies: parts.map(({ imported }) => imported), losses: losses.list };
  });
}

/** What one rule or section comes to. */
interface Part {
  /** From 1. */
  readonly line: number;
  readonly imported: ImportedPolicy;
}

function rewriteParts(directives: readonly Directive[], losses: Losses): Part[] {
  if (isOff(directives, losses)) return [];
  const rules = rewriteRules(directives).filter(isAboutReferer);
  return rules.flatMap((rule) =>
    orLeftOut(rule.line, `RewriteRule of line ${rule.line}`, losses, () => rulePolicy(rule, losses)),
  );
}

function accessParts(directives: readonly Directive[], losses: Losses): Part[] {
  const sections = accessSections(directives);
  const variables = refererVariables(directives);
  variables.tellUnused(sections, losses);
  return sections.flatMap((section) =>
    orLeftOut(section.line, `access control of line ${section.line}`, losses, () =>
      accessPolicy(section, variables, losses),
    ),
  );
}

function orLeftOut(line: number, what: string, losses: Losses, read: () => ImportedPolicy | undefined): Part[] {
  try {
    const imported = read();
    return imported === undefined ? [] : [{ line, imported }];
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    losses.changing(error.line, `the ${what} is left out: ${error.message}`);
    return [];
  }
}

/** Files say the same for Apache 2.2 and for 2.4, in `<IfModule>`s of which one holds. */
function withoutTwins(parts: readonly Part[]): Part[] {
  const byContent = new Map<string, Part>();
  for (const part of parts) {
    const content = JSON.stringify(part.imported.policy);
    if (!byContent.has(content)) byContent.set(content, part);
  }
  return [...byContent.values()];
}

/** Apache tries every rule, refgate the first policy that covers a request. */
function tellOverlaps(parts: readonly Part[], losses: Losses): void {
  const matches = parts.map(({ imported }) => imported.policy.match ?? {});
  for (const { earlier, later } of overlaps(matches)) {
    const [first = 1, second = 1] = [parts[earlier]?.line, parts[later]?.line];
    losses.changing(
      second,
      `requests may be under this and under line ${first}: Apache asks both, and refgate the first policy alone; ` +
        'write what both say into one policy',
    );
  }
}

/** The last `RewriteEngine` of a file counts for all of it. */
function isOff(directives: readonly Directive[], losses: Losses): boolean {
  const last = directives.findLast(({ name }) => name === 'rewriteengine');
  if (last?.args[0]?.toLowerCase() !== 'off') return false;
  losses.harmless(last.line, 'RewriteEngine is off: no rule is in force, and no policy comes of them');
  return true;
}
