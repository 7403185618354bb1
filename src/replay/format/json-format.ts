import { carriedBy, type LogFormat } from './log-format.js';
import { type LogField, LoggedFields } from './logged-fields.js';

/** Where a field stands in a JSON line. */
export interface JsonPlace {
  readonly field: LogField;
  /** Keys from the outermost object inwards. */
  readonly path: readonly string[];
  /**
   * True: `""` is an absent value. nginx's `escape=json` writes that for a variable without a value; Envoy writes `null`
   * or `-`, and there `""` is a header that was sent and is blank.
   */
  readonly emptyIsAbsent: boolean;
}

/** A format of one JSON object a line. */
export function jsonFormat(name: string, places: readonly JsonPlace[]): LogFormat {
  return {
    name,
    carries: carriedBy(places.map(({ field }) => field)),
    read: (line) => readObject(line, places),
  };
}

function readObject(line: string, places: readonly JsonPlace[]): LoggedFields | undefined {
  const object = parseObject(line);
  if (object === undefined) return undefined;
  const fields = new LoggedFields();
  for (const { field, path, emptyIsAbsent } of places) {
    const value = valueAt(object, path);
    if ('header' in field && Array.isArray(value)) {
      if (value.length > 0) fields.headers.set(field.header, value.map(String));
      continue;
    }
    const text = textOf(Array.isArray(value) ? value[0] : value);
    if (text !== undefined && text !== '-' && !(emptyIsAbsent && text === '')) fields.set(field, text);
  }
  return fields;
}

/** The object of a line; `undefined` for any other text. */
export function parseObject(line: string): object | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as object;
  } catch {
    return undefined;
  }
}

function valueAt(object: object, path: readonly string[]): unknown {
  let value: unknown = object;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
