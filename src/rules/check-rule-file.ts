import { listBotFiles } from './bots/list-bot-files.js';
import type { LoadedPolicy } from './compile/compile-policy.js';
import { LIMITS } from './limits.js';
import { conclude, newSession } from './load.js';
import { loadRuleText } from './load-rule-file.js';
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
  const bots = await listBotFiles(botRanges);
  if (bots !== undefined && 'unreadable' in bots) {
    const error = { file: bots.dir, line: 1, column: 1, path: '', message: bots.unreadable };
    return { file, errors: [error], warnings: [] };
  }
  const session = await newSession(dir, bots, LIMITS);
  const loaded: LoadedPolicy[] = [];
  const text = decodeText(bytes, file, session.findings);
  if (text !== undefined) await loadRuleText(relative, text, session, loaded);
  const result = await conclude(loaded, session);
  return result.ok ? { file, errors: [], warnings: result.warnings } : { file, errors: result.errors, warnings: [] };
}
