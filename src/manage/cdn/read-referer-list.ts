import { COMMON_ARGUMENTS, REFERER_FUNCTIONS } from '../../import/cdn/referer-functions.js';
import { parseEntry } from '../../referer/parse-entry.js';
import { isProblem } from '../../referer/pattern-problem.js';
import { readRedirect } from '../../rules/compile/redirect-url.js';
import { quote } from '../../rules/key-path.js';
import { missingParameter, splitList } from './cdn-call.js';
import { type CdnFault, isFault } from './cdn-fault.js';
import type { WrittenFunction } from './read-functions.js';
import type { RefererList } from './referer-list.js';

/** Alibaba CDN: "the content cannot exceed 60 KB". */
const LONGEST_LIST = 61_440;

/** Reads the arguments of a Referer list. An argument that is not given is not there: Describe answers what was set. */
export function readRefererList({ name, args }: WrittenFunction): RefererList | CdnFault {
  const listArgument = REFERER_FUNCTIONS[name];
  const known: readonly string[] = [listArgument, ...COMMON_ARGUMENTS];
  const unknown = [...args.keys()].find((each) => !known.includes(each));
  if (unknown !== undefined) return unknownArgument(unknown, known);
  const switches = readSwitches(args);
  if (isFault(switches)) return switches;
  const entries = readEntries(listArgument, args.get(listArgument), switches.exact ?? false);
  if ('code' in entries) return entries;
  const redirectUrl = args.get('redirect_url');
  const redirect = redirectUrl === undefined ? undefined : readRedirect(redirectUrl);
  if (redirect !== undefined && 'problem' in redirect) return badValue('redirect_url', redirect.problem);
  return { name, entries, ...switches, ...(redirectUrl !== undefined && { redirectUrl }) };
}

type Switches = Pick<RefererList, 'allowEmpty' | 'exact' | 'ignoreScheme'>;

const SWITCHES = { allow_empty: 'allowEmpty', disable_ast: 'exact', ignore_scheme: 'ignoreScheme' } as const;

function readSwitches(args: ReadonlyMap<string, string>): Switches | CdnFault {
  const read: { -readonly [Key in keyof Switches]: boolean } = {};
  for (const [argument, key] of Object.entries(SWITCHES)) {
    const value = args.get(argument);
    if (value === undefined) continue;
    if (value !== 'on' && value !== 'off') return badValue(argument, `expected on or off, got ${quote(value)}`);
    read[key] = value === 'on';
  }
  return read;
}

function readEntries(argument: string, list: string | undefined, exact: boolean): readonly string[] | CdnFault {
  const entries = splitList(list ?? '');
  if (list === undefined || entries.length === 0) return missingParameter(argument);
  const bytes = Buffer.byteLength(list);
  if (bytes > LONGEST_LIST) return badValue(argument, `${bytes} bytes long: at most ${LONGEST_LIST} are taken`);
  for (const entry of entries) {
    const problem = problemOfEntry(entry, exact);
    if (problem !== undefined) return badValue(argument, `entry ${quote(entry)}: ${problem}`);
  }
  return entries;
}

/**
 * What refgate takes in a list of hosts is taken. With a leading dot it would cover everything below itself, which is
 * what an exact list is meant not to do ("Do not add a period (.) to the left of a domain name").
 */
function problemOfEntry(entry: string, exact: boolean): string | undefined {
  if (exact && entry.startsWith('.')) return 'dot before a domain in an exact list: leave it out';
  const parsed = parseEntry(entry, { exact });
  return isProblem(parsed) ? parsed.problem : undefined;
}

function unknownArgument(name: string, known: readonly string[]): CdnFault {
  return {
    code: 'InvalidArgName.ValueNotSupported',
    message: `ArgName [${quote(name)}] is not supported: write one of ${known.join(', ')}.`,
  };
}

function badValue(argument: string, problem: string): CdnFault {
  return { code: 'InvalidArgValue.Malformed', message: `The ArgValue of ${argument} is malformed: ${problem}.` };
}
