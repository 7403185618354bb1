import type { AddressMatcher } from '../../model/matchers.js';

/** The address ranges of each bot of which there is a file, by the bot's name; `undefined` in place of no range at all. */
export type BotRanges = ReadonlyMap<string, AddressMatcher | undefined>;

/** Of a bot, and of its file without `.json`: in lower case, as the word of its user agent. */
export const BOT_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;
