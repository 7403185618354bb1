import type { Losses } from '../losses.js';
import { shapesOf } from '../regex/shapes.js';
import type { AccessSection } from './access-sections.js';
import { LeftOut } from './left-out.js';
import type { Directive } from './read-directives.js';
import type { RefererExpression } from './referer-entries.js';

/** What sets some variables. */
export interface VariableExpressions {
  readonly expressions: RefererExpression[];
  /** `^$` sets one of them. */
  readonly hasEmpty: boolean;
}

/** The environment variables of a file, and what sets them. */
export interface RefererVariables {
  /** True for a section that names a variable which some Referer sets. */
  areUsedBy(section: AccessSection): boolean;
  /** @throws LeftOut where something else than a Referer sets one of them */
  of(names: readonly string[]): VariableExpressions;
  /** Variables that Referers set, and that no section decides by; another file may. */
  tellUnused(sections: readonly AccessSection[], losses: Losses): void;
}

/** Reads `SetEnvIf`, `SetEnvIfNoCase` and `BrowserMatch`, which is about user agents. */
export function refererVariables(directives: readonly Directive[]): RefererVariables {
  const setters = new Map<string, Directive[]>();
  for (const directive of directives.filter(({ name }) => isSetter(name))) {
    for (const variable of variablesOf(directive)) {
      const earlier = setters.get(variable);
      if (earlier === undefined) setters.set(variable, [directive]);
      else earlier.push(directive);
    }
  }
  const byReferer = new Set([...setters].flatMap(([name, each]) => (each.some(isAboutReferer) ? [name] : [])));
  return {
    areUsedBy: (section) => namesIn(section).some((name) => byReferer.has(name)),
    of: (names) => readExpressions(names.flatMap((name) => setters.get(name) ?? [])),
    tellUnused: (sections, losses) => {
      const used = new Set(sections.flatMap(namesIn));
      for (const variable of byReferer) if (!used.has(variable)) tellUnused(variable, setters.get(variable), losses);
    },
  };
}

function isSetter(name: string): boolean {
  return name.startsWith('setenvif') || name.startsWith('browsermatch');
}

function isAboutReferer({ name, args }: Directive): boolean {
  return name.startsWith('setenvif') && args[0]?.toLowerCase() === 'referer';
}

/** `good`, `bad=yes` and `!bad`, after the attribute (which `BrowserMatch` does not have) and the expression. */
function variablesOf({ name, args }: Directive): string[] {
  return args.slice(name.startsWith('setenvif') ? 2 : 1).map((word) => word.replace(/^!|=.*$/gs, ''));
}

/** `env=good` of `Allow from`, `env good` of `Require`. */
function namesIn({ directives }: AccessSection): string[] {
  return directives.flatMap(({ args }) => args.map((word) => word.replace(/^env=!?/i, '')));
}

function readExpressions(setters: readonly Directive[]): VariableExpressions {
  const all = setters.map(readExpression);
  const expressions = all.filter(({ expression }) => !isEmptyReferer(expression));
  return { expressions, hasEmpty: expressions.length < all.length };
}

function readExpression(setter: Directive): RefererExpression {
  const { name, args, line } = setter;
  if (!isAboutReferer(setter)) throw new LeftOut(line, `${name} ${args[0] ?? ''} sets the same variable as a Referer`);
  const [, expression = '', ...variables] = args;
  if (variables.some((word) => word.startsWith('!'))) throw new LeftOut(line, 'a variable is unset again');
  return { expression, ignoreCase: name === 'setenvifnocase', line };
}

/** `^$`. A header that is not there is tried as the empty text (Apache: mod_setenvif). */
function isEmptyReferer(expression: string): boolean {
  return shapesOf(expression)?.every((shape) => shape === '') === true;
}

function tellUnused(variable: string, setters: readonly Directive[] = [], losses: Losses): void {
  const line = setters[0]?.line ?? 1;
  losses.changing(
    line,
    `SetEnvIf Referer sets ${variable}, and nothing in this file decides by it: write the entries it means`,
  );
}
