import { printable } from '../../printable.js';

/** HTML that is safe to put into a page. Only `markup` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A template whose texts are escaped, wherever in elements or quoted attributes they stand: what a log holds was
 * written by strangers. Only other markup is put in as it is.
 */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: literals.map((literal) => literal) }, ...parts.map(asHtml)));
}

/** What the project itself wrote, such as its style sheet. */
export function ownMarkup(text: string): Markup {
  return new Markup(text);
}

function asHtml(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return printable(String(part)).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
