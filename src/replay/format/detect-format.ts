import { isIP } from 'node:net';
import { toRecord } from '../log-record.js';
import { parseObject } from './json-format.js';
import type { LogFormat } from './log-format.js';
import { combined, combinedVhost, common } from './named-formats.js';

/** The formats that can be told from lines. `envoy` is Envoy's default text format, or Istio's. */
export type DetectedFormat = 'combined' | 'combined-vhost' | 'common' | 'envoy' | 'json';

/** The format that most of the lines are in; `undefined` when none is in any. */
export function detectFormat(lines: readonly string[]): DetectedFormat | undefined {
  const votes = new Map<DetectedFormat, number>();
  for (const line of lines) {
    const format = formatOf(line);
    if (format !== undefined) votes.set(format, (votes.get(format) ?? 0) + 1);
  }
  const [first] = [...votes].sort(([, a], [, b]) => b - a);
  return first?.[0];
}

function formatOf(line: string): DetectedFormat | undefined {
  if (parseObject(line) !== undefined) return 'json';
  if (/^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] "/.test(line)) return 'envoy';
  // `www.shop.example:443 192.0.2.1 - - [` is also combined, of a client by that name; the address tells.
  if (isIP(line.split(' ', 2)[1] ?? '') !== 0 && fits(combinedVhost, line)) return 'combined-vhost';
  if (fits(combined, line)) return 'combined';
  return fits(common, line) ? 'common' : undefined;
}

function fits(format: LogFormat, line: string): boolean {
  const fields = format.read(line);
  return fields?.request !== undefined && toRecord(fields) !== 'format';
}
