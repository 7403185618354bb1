import type { Container, Directive } from './read-directives.js';

/** A condition of mod_rewrite (`RewriteCond TestString CondPattern [flags]`). */
export interface RewriteCondition {
  readonly line: number;
  /** Such as `%{HTTP_REFERER}`. */
  readonly test: string;
  /** An expression; a test of files (`-f`) or an order (`<b`) stays as written. */
  readonly pattern: string;
  readonly isNegated: boolean;
  readonly ignoreCase: boolean;
  /** [OR]: it and the next are alternatives. */
  readonly orNext: boolean;
}

/** A rule with the conditions before it, in their groups: all groups must hold, of each any condition. */
export interface RewriteRule {
  readonly line: number;
  readonly pattern: string;
  readonly isNegated: boolean;
  readonly substitution: string;
  /** By name in upper case, with what follows `=`. */
  readonly flags: ReadonlyMap<string, string>;
  readonly groups: readonly (readonly RewriteCondition[])[];
  readonly containers: readonly Container[];
}

/** The rules of a file, in order. */
export function rewriteRules(directives: readonly Directive[]): readonly RewriteRule[] {
  const rules: RewriteRule[] = [];
  let conditions: RewriteCondition[] = [];
  for (const directive of directives) {
    if (directive.name === 'rewritecond') conditions.push(readCondition(directive));
    if (directive.name !== 'rewriterule') continue;
    rules.push(readRule(directive, groupsOf(conditions)));
    conditions = [];
  }
  return rules;
}

function readCondition({ args, line }: Directive): RewriteCondition {
  const [test = '', written = '', flagText = ''] = args;
  const flags = readFlags(flagText);
  const { pattern, isNegated } = withoutNegation(written);
  return {
    line,
    test,
    pattern: asExpression(pattern),
    isNegated,
    ignoreCase: flags.has('NC') || flags.has('NOCASE'),
    orNext: flags.has('OR') || flags.has('ORNEXT'),
  };
}

function readRule({ args, line, containers }: Directive, groups: RewriteRule['groups']): RewriteRule {
  const [written = '', substitution = '-', flags = ''] = args;
  return { line, ...withoutNegation(written), substitution, flags: readFlags(flags), groups, containers };
}

function withoutNegation(written: string): { pattern: string; isNegated: boolean } {
  const isNegated = written.startsWith('!');
  return { pattern: isNegated ? written.slice(1) : written, isNegated };
}

/** `=a.b` compares whole texts, and `=""` with the empty one: `^a\.b$`, `^$`. */
function asExpression(pattern: string): string {
  if (!pattern.startsWith('=')) return pattern;
  const text = pattern === '=""' ? '' : pattern.slice(1);
  return `^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
}

/** `[NC,R=301]` */
function readFlags(written: string): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (const flag of written.replace(/^\[|\]$/g, '').split(',')) {
    const [name = '', ...value] = flag.trim().split('=');
    if (name !== '') flags.set(name.toUpperCase(), value.join('='));
  }
  return flags;
}

function groupsOf(conditions: readonly RewriteCondition[]): readonly (readonly RewriteCondition[])[] {
  const groups: RewriteCondition[][] = [];
  let joins = false;
  for (const condition of conditions) {
    if (joins) groups.at(-1)?.push(condition);
    else groups.push([condition]);
    joins = condition.orNext;
  }
  return groups;
}
