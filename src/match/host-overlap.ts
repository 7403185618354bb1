import type { HostPattern, NetworkPattern } from '../model/entry.js';
import type { HostIndex } from '../model/matchers.js';
import { buildHostIndex } from './host-index.js';

/** Host patterns of one owner; `undefined`: every host. */
type Hosts = readonly HostPattern[] | undefined;

/**
 * Tells whose host patterns can cover the same host, without comparing each owner with each: a host is looked up, and
 * everything below a name shares hosts with what is above and below that name. Exact, but that a pattern such as
 * `a*b.example.com` is taken for everything below `example.com`: to compare such patterns one by one would cost the
 * square of their number.
 */
export class HostOverlap {
  readonly #index: HostIndex;
  readonly #everyone: readonly number[];
  readonly #everyHost: readonly number[];
  /** Owners of patterns that reach below a name, by that name; `''` is above all names. */
  readonly #reaching = new Map<string, number[]>();
  /** Owners of patterns for names below a name, by that name. */
  readonly #below = new Map<string, number[]>();
  /** What was asked before, by name. */
  readonly #known = new Map<string, readonly number[]>();

  constructor(owners: readonly Hosts[]) {
    this.#index = buildHostIndex(owners);
    this.#everyone = [...owners.keys()];
    this.#everyHost = this.#everyone.filter((owner) => isEveryHost(owners[owner]));
    for (const [owner, hosts] of owners.entries()) {
      for (const host of hosts ?? []) this.#add(host, owner);
    }
  }

  /** Places of the owners that share a host with one of the patterns, ascending. */
  of(hosts: Hosts): readonly number[] {
    if (isEveryHost(hosts)) return this.#everyone;
    const lists = (hosts ?? []).flatMap((host) => this.#sharing(host));
    const [first = [], ...others] = new Set(lists);
    if (others.length === 0) return first;
    return [...new Set([first, ...others].flat())].sort((a, b) => a - b);
  }

  #add(host: HostPattern, owner: number): void {
    const name = nameAbove(host);
    if (name === undefined) return;
    if (host.kind === 'wildcard' || (host.kind === 'name' && host.below !== 'none')) {
      append(this.#reaching, name, owner);
    }
    for (const above of namesAbove(name)) append(this.#below, above, owner);
  }

  #sharing(host: HostPattern): (readonly number[])[] {
    if (host.kind === 'any') return [this.#everyone];
    if (host.kind === 'network') return [Array.from(this.#index.candidates(addressText(host)))];
    if (host.kind === 'wildcard') return [this.#sharingBelow(nameAbove(host) ?? '')];
    return [
      ...(host.self ? [Array.from(this.#index.candidates(host.name))] : []),
      ...(host.below === 'none' ? [] : [this.#sharingBelow(host.name)]),
    ];
  }

  #sharingBelow(name: string): readonly number[] {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const reaching = [name, ...namesAbove(name)].flatMap((above) => this.#reaching.get(above) ?? []);
    const sharing = new Set([...this.#everyHost, ...reaching, ...(this.#below.get(name) ?? [])]);
    const sorted = [...sharing].sort((a, b) => a - b);
    this.#known.set(name, sorted);
    return sorted;
  }
}

function isEveryHost(hosts: Hosts): boolean {
  return hosts === undefined || hosts.some(({ kind }) => kind === 'any');
}

/** The literal name that the pattern is, or that all its hosts end with; `undefined` for what is no name. */
function nameAbove(host: HostPattern): string | undefined {
  if (host.kind === 'name') return host.name;
  if (host.kind !== 'wildcard') return undefined;
  const lastWild = host.labels.findLastIndex((label) => /[*?]/.test(label));
  return host.labels.slice(lastWild + 1).join('.');
}

/** `a.b.example`: `b.example`, `example` and `''`; nothing for `''`. */
function namesAbove(name: string): string[] {
  const labels = name === '' ? [] : name.split('.');
  return labels.map((_, place) => labels.slice(place + 1).join('.'));
}

/** Owners come in ascending order, so that one that is there already is the last. */
function append(lists: Map<string, number[]>, name: string, owner: number): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [owner]);
  else if (list.at(-1) !== owner) list.push(owner);
}

/** A single address as a request's host has it. */
function addressText({ address }: NetworkPattern): string {
  if (address.length === 4) return address.join('.');
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((address[2 * at] ?? 0) << 8) | (address[2 * at + 1] ?? 0)).toString(16),
  );
  return `[${groups.join(':')}]`;
}
