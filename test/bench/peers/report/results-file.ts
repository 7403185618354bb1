import { HEADING } from './report.js';

/** Puts the section into the text of RESULTS.md: in place of the one before, or at the end. */
export function withSection(text: string, section: string): string {
  const start = text.indexOf(`${HEADING}\n`);
  if (start < 0) return `${text.trimEnd()}\n\n${section}`;
  const next = text.indexOf('\n## ', start);
  const rest = next < 0 ? '' : text.slice(next);
  return `${text.slice(0, start)}${section}${rest}`;
}
