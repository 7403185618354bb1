import type { FieldName, LogField, LoggedFields } from './logged-fields.js';

/** How the lines of a log are read. */
export interface LogFormat {
  /** As the report names it. */
  readonly name: string;
  readonly carries: Carried;
  /** `undefined`: the line is not in this format. Takes time in proportion to the line, whatever it holds. */
  read(line: string): LoggedFields | undefined;
}

/** What the lines of a format can tell. A line may still lack it. */
export interface Carried {
  readonly fields: ReadonlySet<FieldName>;
  /** Names of request headers, lower case. */
  readonly headers: ReadonlySet<string>;
}

/** A log that cannot be replayed as it is, or a `--log-format` that is none; the text says what to do. */
export interface FormatProblem {
  readonly problem: string;
}

export function carriedBy(fields: Iterable<LogField>): Carried {
  const names = new Set<FieldName>();
  const headers = new Set<string>();
  for (const field of fields) {
    if ('header' in field) headers.add(field.header);
    else names.add(field.name);
  }
  return { fields: names, headers };
}
