import type { PolicyDraft } from '../validate/validate.js';
import { type Conditions, conditionsOf, covers } from './condition-cover.js';

type Match = PolicyDraft['match'];

interface Earlier {
  readonly name: string;
  readonly conditions: Conditions;
}

/** Policies that are compared for one host pattern: 100,000 for one host, each with each, would take minutes. */
const COMPARED = 8;

/**
 * Finds policies that no request can select, because those before them cover all that they cover. Only what is plain
 * is found: hosts that are all covered, under conditions that hold whenever the policy's own do.
 */
export class ShadowedPolicies {
  /** The first policies that cover a host pattern. */
  readonly #byHost = new Map<string, Earlier[]>();
  /** All policies, for those that say the same again. */
  readonly #byMatch = new Map<string, string>();

  /** Adds the next policy; returns the name of one that leaves it nothing. */
  add(name: string, match: Match): string | undefined {
    const hosts = hostsOf(match);
    const conditions = conditionsOf(match);
    const signature = JSON.stringify([hosts, conditions]);
    const first = this.#byMatch.get(signature) ?? this.#coverOfAll(hosts, conditions);
    if (first !== undefined) return first;
    this.#byMatch.set(signature, name);
    for (const host of hosts) this.#addHost(host, { name, conditions });
    return undefined;
  }

  #addHost(host: string, policy: Earlier): void {
    const known = this.#byHost.get(host);
    if (known === undefined) this.#byHost.set(host, [policy]);
    else if (known.length < COMPARED) known.push(policy);
  }

  #coverOfAll(hosts: readonly string[], conditions: Conditions): string | undefined {
    let cover: string | undefined;
    for (const host of hosts) {
      cover = this.#coverOf(host, conditions);
      if (cover === undefined) return undefined;
    }
    return cover;
  }

  #coverOf(host: string, conditions: Conditions): string | undefined {
    for (const wider of patternsAround(host)) {
      const cover = this.#byHost.get(wider)?.find((earlier) => covers(earlier.conditions, conditions));
      if (cover !== undefined) return cover.name;
    }
    return undefined;
  }
}

/** `a.b.example`: itself, `.a.b.example`, `*.b.example`, `.b.example`, `*.example`, `.example`, `**`. */
function patternsAround(host: string): string[] {
  const patterns = [host];
  if (!host.startsWith('.')) patterns.push(`.${host}`);
  for (let dot = host.indexOf('.', 1); dot !== -1; dot = host.indexOf('.', dot + 1)) {
    patterns.push(`*${host.slice(dot)}`, host.slice(dot));
  }
  return [...patterns, '**'];
}

/** Lower case, sorted; `**` where every host is meant. */
function hostsOf(match: Match): string[] {
  const hosts = (match?.hosts ?? ['**']).map((host) => (host ?? '').trim().toLowerCase());
  return hosts.some((host) => host === '*' || host === '**') ? ['**'] : hosts.sort();
}
