import type { RuleWarning } from '../../rules/rule-error.js';
import { belowRules } from './policy-mistakes.js';

/** Of all warnings together: nginx takes 4 KiB of headers of an answer, unless `proxy_buffer_size` says otherwise. */
const MOST_CHARACTERS = 2_048;

/**
 * The header that tells of a change what is probably not meant, as JSON: how many warnings there are, and the first ones.
 * No header where there are none. `rules` is the rule directory.
 */
export function warningsHeader(warnings: readonly RuleWarning[], rules: string): Readonly<Record<string, string>> {
  if (warnings.length === 0) return {};
  const told: string[] = [];
  let room = MOST_CHARACTERS;
  for (const { code, file, path, message } of warnings) {
    const text = ascii(JSON.stringify({ code, file: belowRules(file, rules), path, message }));
    room -= text.length;
    if (room < 0) break;
    told.push(text);
  }
  return { 'x-refgate-warnings': `{"count":${warnings.length},"warnings":[${told.join(',')}]}` };
}

/** What else there may be in a header means something else to each client (RFC 9110 §5.5). */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
