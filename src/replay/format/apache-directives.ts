import type { FieldName } from './logged-fields.js';
import type { FieldSource } from './template.js';

/** `%h`, `%>s`, `%{Referer}i`, as in Apache httpd's `LogFormat`. */
export const apacheDirectives = /%[<>]?(?:\{([^}]*)\})?([a-zA-Z])/g;

/** Directives by what they tell; of several for one field the first counts. */
const directivesByField: Readonly<Record<Exclude<FieldName, 'scheme'>, readonly string[]>> = {
  request: ['r'],
  method: ['m'],
  target: ['U'],
  // `%V` follows UseCanonicalName, `%v` is the server's own name.
  host: ['V', 'v'],
  clientIp: ['a', 'h'],
  status: ['s'],
  bytes: ['B', 'b', 'O'],
  time: ['t'],
};

/** What a directive tells; `argument` is what stands in its braces. `undefined` for one that no rule reads. */
export function apacheSource(letter: string, argument: string | undefined): FieldSource | undefined {
  if (argument !== undefined) return letter === 'i' ? headerSource(argument.toLowerCase()) : undefined;
  for (const [name, letters] of Object.entries(directivesByField)) {
    const rank = letters.indexOf(letter);
    if (rank >= 0) return { field: { name: name as FieldName }, rank };
  }
  return undefined;
}

/** What the client sent as its host is worth more than the name of the server that took it. */
function headerSource(header: string): FieldSource {
  return header === 'host' ? { field: { name: 'host' }, rank: -1 } : { field: { header }, rank: 0 };
}
