import type { BotRanges } from './bots/bot-ranges.js';
import { listBotFiles } from './bots/list-bot-files.js';
import { loadBotRanges } from './bots/load-bot-ranges.js';
import { Findings } from './findings.js';
import { LIMITS } from './limits.js';
import { conclude } from './load/merge-files.js';
import { loadRuleText } from './load-rule-file.js';
import { newSession } from './load-session.js';
import { joinDir } from './read/list-rule-files.js';
import { decodeText } from './read/read-text.js';
import type { RuleError, RuleWarning } from './rule-error.js';

/** Where the text of a rule file would stand. */
export interface RuleFilePlace {
  /** The rule directory, outside of which its list files must not be. */
  readonly dir: string;
  /** Path of the file below the directory; nothing need be there. */
  readonly relative: string;
  /** Directory of the address ranges of bots. */
  readonly botRanges?: string | undefined;
}

/** What `refgate validate` would say of a directory that holds this file alone. Both lists are in order. */
export interface RuleFileCheck {
  /** What errors call the file; those with another name are about a list file or a directory. */
  readonly file: string;
  readonly errors: readonly RuleError[];
  readonly warnings: readonly RuleWarning[];
}

/** Checks the bytes of a rule file that is not written yet, by the loader that serves. Never throws for what is in it. */
export async function checkRuleFile(bytes: Buffer, place: RuleFilePlace): Promise<RuleFileCheck> {
  const { dir, relative, botRanges } = place;
  const file = joinDir(dir, relative);
  const bots = listBotFiles(botRanges);
  if (bots !== undefined && 'unreadable' in bots) {
    const error = { file: bots.dir, line: 1, column: 1, path: '', message: bots.unreadable };
    return { file, errors: [error], warnings: [] };
  }
  const findings = new Findings(LIMITS.errors);
  const ranges: BotRanges = bots === undefined ? new Map() : await loadBotRanges(bots, { findings, limits: LIMITS });
  const session = { ...newSession({ dir, limits: LIMITS, bots: ranges, parts: new Map() }), findings };
  const text = decodeText(bytes, file, findings);
  const loaded = text === undefined ? [] : await loadRuleText(relative, text, session);
  const result = conclude(loaded, session);
  return result.ok ? { file, errors: [], warnings: result.warnings } : { file, errors: result.errors, warnings: [] };
}
