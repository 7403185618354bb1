import { carriedBy, type FormatProblem, type LogFormat } from './log-format.js';
import { type LogField, LoggedFields } from './logged-fields.js';
import { bestSources, type Place, type Template } from './template.js';
import { unescapeText } from './unescape.js';

/** How the texts of a format are written. */
export interface TextStyle {
  /** True: `\x22` and `\"` are escapes (nginx, Apache httpd). False: values stand as they came (Envoy). */
  readonly escaped: boolean;
  /** True: lines may go on behind the format, after a space, as logs with further fields at the end do. */
  readonly open: boolean;
}

/** A format that is one line of text with the values at their places. */
export function textFormat(name: string, template: Template, style: TextStyle): LogFormat | FormatProblem {
  const stuck = template.places.findIndex((place, index) => place.end === '' && index + 1 < template.places.length);
  if (stuck >= 0) return { problem: stuckTogether(template.places, stuck) };
  return new TextFormat(name, template, style);
}

function stuckTogether(places: readonly Place[], first: number): string {
  const [one, other] = [places[first]?.written, places[first + 1]?.written];
  return `--log-format: nothing stands between ${one} and ${other}, so that they cannot be told apart in a line`;
}

class TextFormat implements LogFormat {
  readonly carries;
  readonly #start: string;
  readonly #ends: readonly string[];
  readonly #fields: readonly (LogField | undefined)[];

  constructor(
    readonly name: string,
    { start, places }: Template,
    readonly style: TextStyle,
  ) {
    const wanted = bestSources(places.map(({ source }) => source));
    this.carries = carriedBy(wanted.values());
    this.#start = start;
    this.#ends = places.map(({ end }) => end);
    this.#fields = places.map((_, position) => wanted.get(position));
  }

  read(line: string): LoggedFields | undefined {
    if (!line.startsWith(this.#start)) return undefined;
    const fields = new LoggedFields();
    let at = this.#start.length;
    for (const [position, end] of this.#ends.entries()) {
      const stop = end === '' ? line.length : this.#find(line, end, at);
      if (stop < 0) return undefined;
      const field = this.#fields[position];
      if (field !== undefined) this.#store(fields, field, line.slice(at, stop));
      at = stop + end.length;
    }
    return at === line.length || (this.style.open && line[at] === ' ') ? fields : undefined;
  }

  /** A `-` is an absent value; a quoted text of nothing is one that was sent and is blank. */
  #store(fields: LoggedFields, field: LogField, text: string): void {
    if (text !== '-') fields.set(field, this.style.escaped ? unescapeText(text) : text);
  }

  /** Where the value ends. A quote behind an odd number of backslashes belongs to the value. */
  #find(line: string, end: string, from: number): number {
    let at = line.indexOf(end, from);
    if (!this.style.escaped) return at;
    while (at >= 0 && isEscaped(line, at, from)) at = line.indexOf(end, at + 1);
    return at;
  }
}

function isEscaped(line: string, at: number, from: number): boolean {
  let backslashes = 0;
  while (at - backslashes > from && line[at - backslashes - 1] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
