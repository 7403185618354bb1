import { printableJson } from '../printable.js';
import type { ReplayReport } from './report.js';

/** The report as one JSON object. */
export function reportJson(report: ReplayReport): string {
  return `${printableJson(JSON.stringify(report, null, 2))}\n`;
}
