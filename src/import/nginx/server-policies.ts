import type { PolicySource } from '../../rules/validate/schema.js';
import type { ImportedPolicy } from '../imported.js';
import { headOf, placeText } from './directive.js';
import type { HostBlock } from './host-order.js';
import type { LossList } from './loss-list.js';
import type { PathCondition } from './path-condition.js';
import { refererRules, UNCHECKED } from './referer-rules.js';
import type { Server } from './server.js';
import type { Part } from './server-checks.js';

/** A policy but for its hosts. */
export interface HostlessPolicy {
  readonly label: string;
  readonly condition: PathCondition;
  readonly rest: Pick<PolicySource, 'referer' | 'onDeny'>;
  readonly comments: readonly string[];
}

/** The policies of a server's parts, in their order. */
export function policiesOfParts(parts: readonly Part[], server: Server, losses: LossList): HostlessPolicy[] {
  const policies: HostlessPolicy[] = [];
  for (const part of parts) {
    const policy = policyOf(part, server, losses);
    const before = policies.at(-1);
    const joined = before && joinedUnchecked(before, policy);
    if (joined === undefined) policies.push(policy);
    else policies[policies.length - 1] = joined;
  }
  return policies;
}

/** For a server that checks nothing, where a policy of another would cover its requests. */
export function uncheckedServer({ at }: Server): HostlessPolicy {
  const comments = [`${placeText(at)}: ${headOf(at)}, which checks nothing`];
  return { label: 'unchecked', condition: {}, rest: { referer: UNCHECKED }, comments };
}

function policyOf(part: Part, server: Server, losses: LossList): HostlessPolicy {
  const { condition, at, check } = part;
  const where = `${placeText(at)}: ${headOf(at)}`;
  if (check === undefined) {
    const comments = [`${where}, which checks nothing`];
    return { label: 'unchecked', condition, rest: { referer: UNCHECKED }, comments };
  }
  const { list, onDeny } = check;
  const lines = list.sources.map(placeText).join(', ');
  return {
    label: labelOf(part),
    condition,
    rest: {
      referer: refererRules(list, server.writtenNames, losses),
      ...(Object.keys(onDeny).length > 0 && { onDeny }),
    },
    comments: [where, `valid_referers of ${lines}, denied at ${placeText(check.at)}`],
  };
}

/** `jpg-png`, `img`: what a location is about, for the name of its policy. */
function labelOf({ condition, at }: Part): string {
  const text = condition.extensions?.join('-') ?? (at.name === 'location' ? (at.args.at(-1) ?? '') : '');
  const label = text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return label === '' ? 'all' : label;
}

/** Two that let everything pass, one after the other, as one, if one list of paths can say it. */
function joinedUnchecked(one: HostlessPolicy, other: HostlessPolicy): HostlessPolicy | undefined {
  if (one.rest.referer !== UNCHECKED || other.rest.referer !== UNCHECKED) return undefined;
  const [paths, more] = [onlyPaths(one.condition), onlyPaths(other.condition)];
  if (paths === undefined || more === undefined) return undefined;
  return { ...one, condition: { paths: [...paths, ...more] }, comments: [...one.comments, ...other.comments] };
}

function onlyPaths(condition: PathCondition): readonly string[] | undefined {
  return Object.keys(condition).join() === 'paths' ? condition.paths : undefined;
}

/** The policy for one block of hosts. */
export function withHosts({ label, condition, rest, comments }: HostlessPolicy, block: HostBlock): ImportedPolicy {
  const { server, hosts, schemes } = block;
  const match = {
    ...(hosts !== undefined && { hosts: [...hosts] }),
    ...(schemes !== undefined && { schemes: [...schemes] }),
    ...condition,
  };
  const name = `${hosts?.[0] ?? server.names[0]?.hosts[0] ?? 'default'}-${label}`;
  return { policy: { name, ...(Object.keys(match).length > 0 && { match }), ...rest }, comments };
}
