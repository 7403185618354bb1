import { RE2JSSyntaxException } from 're2js';
import { messageOf } from '../model/message-of.js';

/** What people write who know other engines, by how the part begins that RE2 refuses, and what to do about it. */
const ADVICE: readonly (readonly [beginning: RegExp, advice: string])[] = [
  [
    /^\(\?<?[=!]/,
    'there is no look-ahead and no look-behind; write what shall match, and what shall not in the other list or under not',
  ],
  [/^(?:\\[1-9]|\\k|\(\?P$)/, 'there are no back-references; write the alternatives out'],
  [/^(?:\(\?>|.\+)/s, 'there are no atomic groups and possessive repetitions, nor a need for them; leave them out'],
  [/^\{/, 'counts are at most 1,000, nested ones multiplied'],
  [/^\*/, 'write .* for any characters; entries ignore case already, unless they begin with ~(?-i)'],
];

/** The words of RE2 for why it refuses a pattern, with advice where there is some. */
export function describeRegexError(error: unknown): string {
  if (!(error instanceof RE2JSSyntaxException)) return messageOf(error);
  const part = error.getPattern();
  const advice = ADVICE.find(([beginning]) => part !== null && beginning.test(part))?.[1];
  const said = part === null ? error.getDescription() : `${error.getDescription()} ${JSON.stringify(part)}`;
  return advice === undefined ? `${said} (RE2)` : `${said} (RE2): ${advice}`;
}
