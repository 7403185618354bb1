import { buildAddressSet } from '../../match/address-set.js';
import type { AddressMatcher } from '../../model/matchers.js';
import { FileFindings } from '../findings.js';
import type { LoadSession } from '../load-session.js';
import { parseYaml } from '../parse/parse-yaml.js';
import { joinDir, type ListedFile } from '../read/list-rule-files.js';
import { readText } from '../read/read-text.js';
import { BOT_NAME, type BotRanges } from './bot-ranges.js';
import { compileBotRanges } from './compile-bot-ranges.js';
import type { BotDirectory } from './list-bot-files.js';

/** What a load carries to these files too: all rules and ranges are in force together, or none is. */
type Session = Pick<LoadSession, 'findings' | 'digest' | 'limits'>;

/** Loads the files of bot ranges that lie in the directory itself. Every mistake goes to the findings. */
export async function loadBotRanges(bots: BotDirectory, session: Session): Promise<BotRanges> {
  const ranges = new Map<string, AddressMatcher | undefined>();
  for (const file of bots.files.filter(({ relative }) => IN_DIRECTORY.test(relative))) {
    const bot = file.relative.slice(0, -'.json'.length);
    if (BOT_NAME.test(bot)) ranges.set(bot, await loadFile(file, bots, session));
    else session.findings.add({ file: joinDir(bots.dir, file.relative), ...START, message: MISNAMED });
  }
  return ranges;
}

/** Whatever else lies there, such as a download that is not finished, is none of ours. */
const IN_DIRECTORY = /^[^/]+\.json$/;

const START = { line: 1, column: 1, path: '' };
const MISNAMED = 'expected a bot\'s name before ".json", of a-z, 0-9, "_" and "-": as in googlebot.json';

/** `undefined` where the file holds no range, or a mistake, which then keeps all of the rules from being used. */
async function loadFile(
  file: ListedFile,
  { dir, identities }: BotDirectory,
  { findings, digest, limits }: Session,
): Promise<AddressMatcher | undefined> {
  const kind = 'the file of bot ranges';
  const text = await readText(file, { dir, identities, findings, digest, kind, limit: limits.botRangeFileBytes });
  if (text === undefined) return undefined;
  // The ranges have a limit of their own, with words of its own.
  const parsed = await parseYaml(text, { ...limits, listItems: Number.POSITIVE_INFINITY }, '"prefixes" and a list');
  const fileFindings = new FileFindings(findings, { file: joinDir(dir, file.relative), text, parsed });
  const networks = parsed.root === undefined ? [] : compileBotRanges(parsed.root, fileFindings, limits);
  return networks.length === 0 ? undefined : buildAddressSet(networks);
}
