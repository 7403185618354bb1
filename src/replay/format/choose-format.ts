import { apacheDirectives, apacheSource } from './apache-directives.js';
import { type DetectedFormat, detectFormat } from './detect-format.js';
import { envoyOperators, envoySource } from './envoy-operators.js';
import { jsonFormat } from './json-format.js';
import { findJsonPlaces } from './json-keys.js';
import { jsonTemplateFormat } from './json-template.js';
import type { FormatProblem, LogFormat } from './log-format.js';
import { combined, combinedVhost } from './named-formats.js';
import { nginxSource, nginxVariables } from './nginx-variables.js';
import { parseTemplate } from './template.js';
import { textFormat } from './text-format.js';
import { withoutReferer } from './without-referer.js';

/** Names that `--log-format` takes, beside formats written out. */
const names: Readonly<Record<string, DetectedFormat>> = {
  combined: 'combined',
  nginx: 'combined',
  apache: 'combined',
  'combined-vhost': 'combined-vhost',
  vhost_combined: 'combined-vhost',
  common: 'common',
  envoy: 'envoy',
  json: 'json',
  'envoy-json': 'json',
};

/** A format, and whether it was told from the lines. */
export interface ChosenFormat {
  readonly format: LogFormat;
  /** `undefined`: it was given. `none`: no line was in any format, and the commonest was taken. */
  readonly detected: 'yes' | 'none' | undefined;
}

/**
 * How to read a log.
 *
 * @param wanted `--log-format`: a name, a format written out, or `undefined` to tell it from the lines
 * @param sample the first lines of the log
 */
export function chooseFormat(wanted: string | undefined, sample: readonly string[]): ChosenFormat | FormatProblem {
  if (wanted === undefined) {
    const detected = detectFormat(sample);
    return chosen(byName(detected ?? 'combined', sample), detected === undefined ? 'none' : 'yes');
  }
  const name = Object.hasOwn(names, wanted) ? names[wanted] : undefined;
  return chosen(name === undefined ? writtenOut(wanted) : byName(name, sample), undefined);
}

function chosen(format: LogFormat | FormatProblem, detected: ChosenFormat['detected']): ChosenFormat | FormatProblem {
  return 'problem' in format ? format : { format, detected };
}

function byName(name: DetectedFormat, sample: readonly string[]): LogFormat | FormatProblem {
  switch (name) {
    case 'combined':
      return combined;
    case 'combined-vhost':
      return combinedVhost;
    case 'common':
    case 'envoy':
      return { problem: withoutReferer(name) };
    case 'json': {
      const format = jsonFormat('JSON', findJsonPlaces(sample));
      // Without a line there is nothing to miss a Referer in.
      return sample.length === 0 || hasReferer(format) ? format : { problem: withoutReferer('json') };
    }
  }
}

function writtenOut(text: string): LogFormat | FormatProblem {
  const format = text.trimStart().startsWith('{') ? jsonTemplateFormat(text) : textTemplateFormat(text);
  if ('problem' in format) return format;
  const missing = missingParts(format);
  if (missing.length === 0) return format;
  return { problem: `--log-format: lacks ${missing.join(' and ')}: ${text}` };
}

function textTemplateFormat(written: string): LogFormat | FormatProblem {
  // Envoy's formats end their lines themselves: `… %REQ(REFERER)%\n`.
  const text = written.replace(/(?:\\n|\s)+$/, '');
  if (text.search(nginxVariables) >= 0) {
    const template = parseTemplate(text, nginxVariables, (found) => nginxSource(found[1] ?? found[2] ?? ''));
    return textFormat('custom, nginx', template, { escaped: true, open: false });
  }
  if (text.search(envoyOperators) >= 0) {
    const template = parseTemplate(text, envoyOperators, (found) => envoySource(found[1] ?? '', found[2]));
    return textFormat('custom, Envoy', template, { escaped: false, open: false });
  }
  if (text.search(apacheDirectives) >= 0) {
    // In httpd's configuration the quotes within the format are escaped: `\"%r\"`.
    const unquoted = text.replaceAll('\\"', '"');
    const template = parseTemplate(unquoted, apacheDirectives, (found) => apacheSource(found[2] ?? '', found[1]));
    return textFormat('custom, Apache httpd', template, { escaped: true, open: false });
  }
  const known = Object.keys(names).join(', ');
  return {
    problem: `--log-format: expected ${known}, or a format with $variables, %OPERATORS% or %{Directives}i, got "${written}"`,
  };
}

function missingParts(format: LogFormat): string[] {
  const { fields } = format.carries;
  const missing: string[] = [];
  if (!fields.has('request') && !(fields.has('method') && fields.has('target'))) {
    missing.push('the request ($request, or $request_method and $request_uri; %REQ(:METHOD)% and %REQ(:PATH)%; %r)');
  }
  if (!hasReferer(format)) missing.push('the Referer ($http_referer; %REQ(REFERER)%; %{Referer}i)');
  return missing;
}

function hasReferer({ carries }: LogFormat): boolean {
  return carries.headers.has('referer');
}
