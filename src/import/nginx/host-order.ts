import { headOf, placeText } from './directive.js';
import type { LossList } from './loss-list.js';
import { sampleHost, wildcardsOver } from './name-cover.js';
import type { Scheme, Server } from './server.js';
import type { NameKind, ServerName } from './server-names.js';

/** Some hosts of a server, whose policies stand together. */
export interface HostBlock {
  readonly server: Server;
  /** In the grammar of `match.hosts`; `undefined`: every host. */
  readonly hosts: readonly string[] | undefined;
  /** `undefined`: both. */
  readonly schemes: readonly Scheme[] | undefined;
}

/** What the other servers make necessary for the policies of one. */
interface Standing {
  /** Another server has names that cover names of this one, or the other way round. */
  sharesHosts: boolean;
  /** Another server answers for the same hosts by the other scheme. */
  sharesOtherScheme: boolean;
  /** One that checks Referers would cover requests of this one. */
  isShadedByCheck: boolean;
}

/** Servers with as many others of the same name are no configuration that anybody runs. */
const MOST_RIVALS = 50;

/**
 * The servers as blocks of hosts, ordered so that the first block whose hosts match is the server that nginx chooses:
 * by the kind of the name, see `NameKind`, and the default server last. A server keeps its names together unless names
 * of others come between them. A server without checks is left out unless another would answer for it.
 */
export function inOrderOfHosts(
  servers: readonly Server[],
  checks: (server: Server) => boolean,
  losses: LossList,
): readonly HostBlock[] {
  const standings = compare(servers, checks, losses);
  const ranked = servers.flatMap((server) => {
    const standing = standings.get(server);
    if (standing === undefined || (!checks(server) && !standing.isShadedByCheck)) return [];
    const schemes = standing.sharesOtherScheme && server.schemes.size === 1 ? [...server.schemes] : undefined;
    return blocksOf(server, standing.sharesHosts).map(({ rank, hosts }) => ({
      rank,
      block: { server, hosts, schemes },
    }));
  });
  return ranked.toSorted((one, other) => compareRanks(one.rank, other.rank)).map(({ block }) => block);
}

type Rank = readonly [kind: number, length: number];

const KIND_ORDER: Readonly<Record<NameKind, number>> = { exact: 0, head: 1, tail: 2, regex: 3 };
const DEFAULT_SERVER: Rank = [4, 0];

function rankOf({ kind, text }: ServerName): Rank {
  return [KIND_ORDER[kind], kind === 'head' || kind === 'tail' ? -text.length : 0];
}

function compareRanks(one: Rank, other: Rank): number {
  return one[0] - other[0] || one[1] - other[1];
}

function blocksOf(server: Server, sharesHosts: boolean): { rank: Rank; hosts: string[] | undefined }[] {
  const byDefault = server.isDefault ? [{ rank: DEFAULT_SERVER, hosts: undefined }] : [];
  if (!sharesHosts && server.isDefault) return byDefault;
  const groups = new Map<string, { rank: Rank; hosts: string[] }>();
  for (const name of server.names) {
    const rank: Rank = sharesHosts ? rankOf(name) : [0, 0];
    const group = groups.get(rank.join()) ?? { rank, hosts: [] };
    groups.set(rank.join(), group);
    group.hosts.push(...name.hosts);
  }
  return [...[...groups.values()].filter(({ hosts }) => hosts.length > 0), ...byDefault];
}

function compare(
  servers: readonly Server[],
  checks: (server: Server) => boolean,
  losses: LossList,
): ReadonlyMap<Server, Standing> {
  const owners = ownersOfNames(servers);
  const standings = new Map(
    servers.map((server) => [server, { sharesHosts: false, sharesOtherScheme: false, isShadedByCheck: false }]),
  );
  for (const server of servers) {
    for (const key of keysOver(server)) {
      for (const other of (owners.get(key) ?? []).slice(0, MOST_RIVALS)) {
        if (other !== server) meet(server, other, key, standings, checks);
      }
    }
  }
  for (const [name, same] of owners) if (same.some(checks)) tellOfPorts(name, same, losses);
  return standings;
}

/** The key of what the default server answers for. */
const ANY_HOST = '';

function ownersOfNames(servers: readonly Server[]): Map<string, Server[]> {
  const owners = new Map<string, Server[]>();
  for (const server of servers) {
    for (const key of new Set([...server.names.flatMap(spellingsOf), ...(server.isDefault ? [ANY_HOST] : [])])) {
      owners.set(key, [...(owners.get(key) ?? []), server]);
    }
  }
  return owners;
}

/** A name without wildcards or with those of nginx, which a regular expression comes as near to as can be. */
function spellingsOf({ text, kind, hosts }: ServerName): readonly string[] {
  return kind === 'regex' ? hosts.map((host) => host.replace(/^\?/, '')) : [text];
}

/** The names of a server, and all names that would cover one of them. */
function keysOver({ names }: Server): ReadonlySet<string> {
  return new Set([
    ANY_HOST,
    ...names.flatMap(spellingsOf).flatMap((text) => [text, ...wildcardsOver(sampleHost(text))]),
  ]);
}

function meet(
  server: Server,
  other: Server,
  key: string,
  standings: ReadonlyMap<Server, Standing>,
  checks: (server: Server) => boolean,
): void {
  const isApart = [...server.schemes].every((scheme) => !other.schemes.has(scheme));
  for (const [one, rival] of [
    [server, other],
    [other, server],
  ] as const) {
    const standing = standings.get(one);
    if (standing === undefined) continue;
    if (isApart) standing.sharesOtherScheme ||= checks(one) || checks(rival);
    else {
      standing.sharesHosts ||= key !== ANY_HOST;
      standing.isShadedByCheck ||= checks(rival);
    }
  }
}

/** Two servers of one name and scheme differ by their ports, or the later one is never chosen. */
function tellOfPorts(name: string, servers: readonly Server[], losses: LossList): void {
  const [first, ...others] = servers;
  for (const other of others) {
    const isApart = [...other.schemes].every((scheme) => !first?.schemes.has(scheme));
    if (first === undefined || isApart || listensOf(first) === listensOf(other)) continue;
    const what = name === ANY_HOST ? 'it answers for every other host' : `it has the name ${name}`;
    const message = `${what}, as the server at ${placeText(first.at)} does, on another port, which rules do not know`;
    losses.changing(other.at, `${headOf(other.at)}: ${message}; the first server counts`);
  }
}

function listensOf({ directives }: Server): string {
  const listens = directives.filter(({ name }) => name === 'listen').map(({ args }) => args[0]);
  return listens.toSorted().join();
}
