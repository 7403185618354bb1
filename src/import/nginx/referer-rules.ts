import { quote } from '../../rules/key-path.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { LossList } from './loss-list.js';
import { undonePaths } from './most-specific.js';
import { entriesOfName } from './referer-entries.js';
import { problemOfRegex } from './regex-problem.js';
import type { ServerName } from './server-names.js';
import type { RefererList, RefererWord } from './valid-referers.js';

type RefererSource = PolicySource['referer'];

/**
 * Whether the list makes any Referer invalid. `valid_referers` without a name, or none at all, makes every one valid.
 */
export function isChecked(list: RefererList | undefined): list is RefererList {
  if (list === undefined) return false;
  const { names, regexes, serverNames, serverNameRegexes } = list;
  return names.length + regexes.length > 0 || serverNames !== undefined || serverNameRegexes !== undefined;
}

/** What lets the same Referers pass as the list. */
export function refererRules(list: RefererList, ofServer: readonly ServerName[], losses: LossList): RefererSource {
  for (const { text, at } of undonePaths(list.names, list.regexes)) {
    const why = 'nginx asks the path of the most specific name alone, and here a broader entry lets the host pass';
    losses.changing(at, `valid_referers ${quote(text)}: ${why}`);
  }
  return {
    allow: [...new Set(allowed(list, ofServer, losses))],
    empty: emptyAnswer(list),
    ...(list.blocked && { invalid: 'allow' as const }),
    exact: true,
    ignoreScheme: false,
    allowSelf: false,
  };
}

/** What lets every request pass. */
export const UNCHECKED: RefererSource = { empty: 'allow', invalid: 'allow', allowSelf: false };

function emptyAnswer({ none, blocked }: RefererList): RefererSource['empty'] {
  if (none === blocked) return none ? 'allow' : 'deny';
  // A header with an empty value is there, and does not begin with http://.
  return { absent: none ? 'allow' : 'deny', blank: blocked ? 'allow' : 'deny' };
}

function allowed(list: RefererList, ofServer: readonly ServerName[], losses: LossList): string[] {
  return [
    ...list.names.flatMap(({ text, at }) => entriesOfName(text, at, losses)),
    ...namesOfServer(list, ofServer, losses),
    ...list.regexes.flatMap((word) => regexEntry(word, losses)),
  ];
}

function namesOfServer(list: RefererList, ofServer: readonly ServerName[], losses: LossList): string[] {
  return ofServer.flatMap(({ text, kind, hosts }) => {
    const at = kind === 'regex' ? list.serverNameRegexes : list.serverNames;
    if (at === undefined) return [];
    if (kind !== 'regex') return entriesOfName(text, at, losses);
    if (hosts.length > 0) return hosts.map((host) => host.replace(/^\*\./, '**.'));
    losses.changing(at, `server_names: the regular expression ${quote(text)} is asked of hosts alone; it is left out`);
    return [];
  });
}

function regexEntry({ text, at }: RefererWord, losses: LossList): string[] {
  const problem = problemOfRegex(text.slice(1));
  if (problem === undefined) return [text];
  losses.changing(at, `valid_referers ${quote(text)}: ${problem}; it is left out`);
  return [];
}
