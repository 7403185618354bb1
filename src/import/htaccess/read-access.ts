import type { AccessSection } from './access-sections.js';
import { LeftOut } from './left-out.js';
import type { Directive } from './read-directives.js';

/** Variables that let a request in, or keep it out. */
export interface Access {
  readonly lets: 'in' | 'out';
  readonly variables: readonly string[];
}

/** Reads the directives of a section in the forms that are in use; others throw `LeftOut`. */
export function readAccess({ directives, line }: AccessSection): Access {
  const access = directives[0]?.name === 'require' ? readRequire(directives) : readOrder(directives);
  if (access !== undefined) return access;
  throw new LeftOut(line, 'its Order, Allow, Deny and Require are none of the usual forms');
}

/** `Require env good`, or `Require all granted` with `Require not env bad`. */
function readRequire(directives: readonly Directive[]): Access | undefined {
  const words = directives.map(({ args }) => args.map((arg) => arg.toLowerCase()).join(' '));
  const variables = directives.flatMap(({ args }) => (args.at(-2)?.toLowerCase() === 'env' ? args.slice(-1) : []));
  if (words.every((each) => /^env \S+$/.test(each))) return { lets: 'in', variables };
  return words.every((each) => /^(?:all granted|not env \S+)$/.test(each)) ? { lets: 'out', variables } : undefined;
}

/** `Order` says which of `Allow` and `Deny` has the last word, and that the other is the default's contrary. */
function readOrder(directives: readonly Directive[]): Access | undefined {
  const said = (name: string): string[] =>
    directives.filter((each) => each.name === name).flatMap(({ args }) => args.filter((word) => !/^from$/i.test(word)));
  const order = said('order').join('').toLowerCase() || 'deny,allow';
  const [allow, deny] = [said('allow'), said('deny')];
  const deniesByDefault = order === 'allow,deny' ? deny.length === 0 : isAll(deny);
  if (deniesByDefault && areVariables(allow)) return { lets: 'in', variables: namesOf(allow) };
  const allowsByDefault = order === 'allow,deny' ? isAll(allow) : allow.length === 0;
  return allowsByDefault && areVariables(deny) ? { lets: 'out', variables: namesOf(deny) } : undefined;
}

function isAll(words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => word.toLowerCase() === 'all');
}

function areVariables(words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => /^env=[^!]/i.test(word));
}

function namesOf(words: readonly string[]): string[] {
  return words.map((word) => word.slice('env='.length));
}
