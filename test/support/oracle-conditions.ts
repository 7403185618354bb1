import type { AuthzRequest } from '#refgate/model/authz-request.js';
import { textGlobCovers } from './oracle-globs.js';

/** A condition as a rule file writes it, with the keys that the random ones have. */
export interface WrittenCondition {
  hosts?: string[];
  methods?: string[];
  headers?: Record<string, WrittenValue>;
  query?: Record<string, WrittenValue>;
  cookies?: Record<string, WrittenValue>;
  destinations?: string[];
  any?: WrittenCondition[];
  all?: WrittenCondition[];
  not?: WrittenCondition;
}

export type WrittenValue = string | boolean;

/** Whether a condition holds: the rules of `match`, one sentence a line, from the text of the rule file. */
export function conditionHolds(condition: WrittenCondition, request: AuthzRequest): boolean {
  const { hosts, methods, headers, query, cookies, destinations, any, all, not } = condition;
  return (
    (hosts === undefined || hosts.some((host) => hostIsCovered(host, request.host))) &&
    (methods === undefined || methods.includes(request.method)) &&
    valuesHold(headers, (name) => request.headers.get(name.toLowerCase()) ?? []) &&
    valuesHold(query, (name) => new URL(request.target, 'http://h').searchParams.getAll(name)) &&
    valuesHold(cookies, (name) => cookiesOf(request, name)) &&
    (destinations === undefined ||
      (request.headers.get('sec-fetch-dest') ?? []).some((word) => destinations.includes(word))) &&
    (any === undefined || any.some((branch) => conditionHolds(branch, request))) &&
    (all === undefined || all.every((member) => conditionHolds(member, request))) &&
    (not === undefined || !conditionHolds(not, request))
  );
}

/** `**`, `*.name` and `name` are enough for hosts: their other patterns have an oracle of their own. */
function hostIsCovered(pattern: string, host: string): boolean {
  return pattern === '**' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}

function valuesHold(
  wanted: Record<string, WrittenValue> | undefined,
  valuesOf: (name: string) => readonly string[],
): boolean {
  return Object.entries(wanted ?? {}).every(([name, expected]) => {
    const values = valuesOf(name);
    if (typeof expected === 'boolean') return expected === values.length > 0;
    return values.some((value) => textGlobCovers(expected, value));
  });
}

function cookiesOf({ headers }: AuthzRequest, name: string): string[] {
  const pairs = (headers.get('cookie') ?? []).flatMap((line) => line.split('; '));
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}
