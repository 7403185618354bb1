import { buildAddressSet } from '../../match/address-set.js';
import type { AddressMatcher } from '../../model/matchers.js';
import { FileFindings } from '../findings.js';
import type { LoadSession } from '../load-session.js';
import { parseYaml } from '../parse/parse-yaml.js';
import { joinDir, type ListedFile } from '../read/list-rule-files.js';
import { readText } from '../read/read-text.js';
import { BOT_NAME, type BotRanges } from './bot-ranges.js';
import { compileBotRanges } from './compile-bot-ranges.js';
import { type BotDirectory, rangeFilesOf } from './list-bot-files.js';

/** What a load carries to these files too: all rules and ranges are in force together, or none is. */
type Session = Pick<LoadSession, 'findings' | 'limits'>;

/** Loads the files of bot ranges. Every mistake goes to the findings. */
export async function loadBotRanges(bots: BotDirectory, session: Session): Promise<BotRanges> {
  const ranges = new Map<string, AddressMatcher | undefined>();
  for (const file of rangeFilesOf(bots)) {
    const bot = file.relative.slice(0, -'.json'.length);
    if (BOT_NAME.test(bot)) ranges.set(bot, await loadFile(file, bots, session));
    else session.findings.add({ file: joinDir(bots.dir, file.relative), ...START, message: MISNAMED });
  }
  return ranges;
}

const START = { line: 1, column: 1, path: '' };
const MISNAMED = 'expected a bot\'s name before ".json", of a-z, 0-9, "_" and "-": as in googlebot.json';

/** `undefined` where the file holds no range, or a mistake, which then keeps all of the rules from being used. */
async function loadFile(
  file: ListedFile,
  { dir }: BotDirectory,
  { findings, limits }: Session,
): Promise<AddressMatcher | undefined> {
  const kind = 'the file of bot ranges';
  const text = await readText(file, { dir, findings, kind, limit: limits.botRangeFileBytes });
  if (text === undefined) return undefined;
  // The ranges have a limit of their own, with words of its own.
  const parsed = await parseYaml(text, { ...limits, listItems: Number.POSITIVE_INFINITY }, '"prefixes" and a list');
  const fileFindings = new FileFindings(findings, { file: joinDir(dir, file.relative), text, parsed });
  const networks = parsed.root === undefined ? [] : compileBotRanges(parsed.root, fileFindings, limits);
  return networks.length === 0 ? undefined : buildAddressSet(networks);
}
