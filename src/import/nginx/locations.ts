import { type Directive, named } from './directive.js';

/** How a location is chosen. */
export type Modifier = '=' | '^~' | '' | '~' | '~*';

export interface Location {
  readonly modifier: Modifier;
  /** A path, the beginning of one, or a regular expression. */
  readonly text: string;
  readonly at: Directive;
  readonly directives: readonly Directive[];
  readonly inner: readonly Location[];
}

/** The locations directly in a server or location, but the named ones (`@name`), which no request chooses. */
export function locationsOf(directives: readonly Directive[]): Location[] {
  return named(directives, 'location').flatMap((at) => {
    const { block } = at;
    const head = readHead(at.args);
    if (block === undefined || head === undefined || head.text.startsWith('@')) return [];
    return [{ ...head, at, directives: block, inner: locationsOf(block) }];
  });
}

/** With one word the modifier sticks to the text: `location ~*\.jpg$`, `location =/a` (`ngx_http_core_location`). */
function readHead([first = '', second]: readonly string[]): Pick<Location, 'modifier' | 'text'> | undefined {
  if (second !== undefined) return isModifier(first) ? { modifier: first, text: second } : undefined;
  const modifier = /^(?:=|\^~|~\*?)/.exec(first)?.[0] ?? '';
  return isModifier(modifier) ? { modifier, text: first.slice(modifier.length) } : undefined;
}

function isModifier(text: string): text is Modifier {
  return text === '' || text === '=' || text === '^~' || text === '~' || text === '~*';
}

export function isRegex({ modifier }: Location): boolean {
  return modifier === '~' || modifier === '~*';
}

export function isPrefix({ modifier }: Location): boolean {
  return modifier === '' || modifier === '^~';
}
