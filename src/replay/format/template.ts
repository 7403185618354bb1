import type { LogField } from './logged-fields.js';

/** A text format: literal text, and places for values between it. */
export interface Template {
  /** The literal text before the first value. */
  readonly start: string;
  readonly places: readonly Place[];
}

export interface Place {
  /** As written, such as `$http_referer`. */
  readonly written: string;
  /** What is of use in its value, the best source of it first in rank; `undefined` for values that no rule reads. */
  readonly source: FieldSource | undefined;
  /** The literal text that ends the value; `''` for a value that reaches to the end of the line. */
  readonly end: string;
}

/** Where a field can be taken from. Of several sources in one format the lowest rank counts. */
export interface FieldSource {
  readonly field: LogField;
  readonly rank: number;
}

/** Cuts a format at its variables. `variables` finds them (flag `g`), `sourceOf` gives each its meaning. */
export function parseTemplate(
  text: string,
  variables: RegExp,
  sourceOf: (variable: RegExpMatchArray) => FieldSource | undefined,
): Template {
  const found = [...text.matchAll(variables)];
  const places = found.map((variable, index): Place => {
    const behind = variable.index + variable[0].length;
    return { written: variable[0], source: sourceOf(variable), end: text.slice(behind, found[index + 1]?.index) };
  });
  return { start: text.slice(0, found[0]?.index), places };
}

/** The best source of each field among those of a format, by the position of each in the given list. */
export function bestSources(sources: readonly (FieldSource | undefined)[]): Map<number, LogField> {
  const best = new Map<string, number>();
  for (const [position, source] of sources.entries()) {
    if (source === undefined) continue;
    const rival = best.get(keyOf(source.field));
    if (rival === undefined || source.rank < (sources[rival]?.rank ?? 0)) best.set(keyOf(source.field), position);
  }
  const positions = [...best.values()].sort((a, b) => a - b);
  return new Map(positions.map((position) => [position, (sources[position] as FieldSource).field]));
}

function keyOf(field: LogField): string {
  return 'header' in field ? `header ${field.header}` : field.name;
}
