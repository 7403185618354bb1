import { envoyOperators, envoySource } from './envoy-operators.js';
import { type JsonPlace, jsonFormat } from './json-format.js';
import type { FormatProblem, LogFormat } from './log-format.js';
import { nginxSource, nginxVariables } from './nginx-variables.js';
import { bestSources, type FieldSource } from './template.js';

/** A value of nginx's JSON templates that stands without quotes: `{"status": $status}`. */
const unquotedVariable = /(:\s*)(\$\w+|\$\{\w+\})(?=\s*[,}])/g;

interface TemplateValue {
  readonly path: readonly string[];
  readonly source: FieldSource | undefined;
  readonly ofNginx: boolean;
}

/**
 * The format of logs that are written by a JSON template with one variable a key: Envoy's `json_format`, or a
 * `log_format … escape=json '{"host":"$host", …}'` of nginx. This is also how keys that are not known get a meaning.
 */
export function jsonTemplateFormat(text: string): LogFormat | FormatProblem {
  const template = parseTemplateObject(text);
  if (template === undefined) {
    return { problem: `--log-format: begins with { and is no JSON object: ${text}` };
  }
  const values = [...templateValues(template, [])];
  const best = bestSources(values.map(({ source }) => source));
  const places = [...best].map(([position, field]): JsonPlace => {
    const { path = [], ofNginx = false } = values[position] ?? {};
    return { field, path, emptyIsAbsent: ofNginx };
  });
  return jsonFormat('JSON by template', places);
}

function parseTemplateObject(text: string): object | undefined {
  try {
    return JSON.parse(text.replace(unquotedVariable, '$1"$2"')) as object;
  } catch {
    return undefined;
  }
}

function* templateValues(value: unknown, path: readonly string[]): Generator<TemplateValue> {
  if (typeof value === 'string') {
    const variable = soleMatch(nginxVariables, value);
    const operator = soleMatch(envoyOperators, value);
    const source = variable
      ? nginxSource(variable[1] ?? variable[2] ?? '')
      : operator && envoySource(operator[1] ?? '', operator[2]);
    yield { path, source, ofNginx: variable !== undefined };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* templateValues(inner, [...path, key]);
  }
}

/** The one variable that a value consists of. */
function soleMatch(variables: RegExp, value: string): RegExpMatchArray | undefined {
  const [only] = value.matchAll(variables);
  return only?.[0] === value ? only : undefined;
}
