import type { NamePattern } from '../model/entry.js';
import { DEEPER, type Depth, type HostNode, ONE_BELOW, policiesAt, SELF } from './host-node.js';
import { NO_POSITIONS, type PositionList } from './position-list.js';

/**
 * How many positions may be gone through to unite lists at build time, which also bounds the united lists (8 bytes a
 * position). It covers 10,000 hosts below one policy, and any number of hosts without one. Without a bound, 50,000
 * policies for every host beside 50,000 for one host each would be 2,500,000,000 positions; beyond it, look-ups unite.
 */
const UNITED_POSITIONS = 4_000_000;

type OwnLists = [number[], number[], number[]];

/** Makes nodes whose lists are united in advance while there is room. Parents must be made first. */
export class HostNodeMaker {
  readonly #everyHost: PositionList;
  #room: number;

  constructor(everyHost: PositionList, room = UNITED_POSITIONS) {
    this.#everyHost = everyHost;
    this.#room = room;
  }

  make(own: HostNode['own'], parent: HostNode | undefined, depthInParent: Depth): HostNode {
    const node: HostNode = { own, parent, depthInParent, united: [] };
    return { ...node, united: [this.#unite(node, SELF), this.#unite(node, ONE_BELOW), this.#unite(node, DEEPER)] };
  }

  #unite(node: HostNode, depth: Depth): PositionList | undefined {
    if (this.#room <= 0) return undefined;
    const list = policiesAt(node, depth, this.#everyHost);
    if (node.own[depth].length > 0) this.#room -= list.length;
    return list;
  }
}

/** Gathers the policies of named hosts. */
export class NamedHosts {
  readonly #lists = new Map<string, OwnLists>();

  /** Positions must be added in ascending order. */
  add(pattern: NamePattern, position: number): void {
    const lists = this.#listsOf(pattern.name);
    if (pattern.self) append(lists[SELF], position);
    if (pattern.below !== 'none') append(lists[ONE_BELOW], position);
    if (pattern.below === 'any') append(lists[DEEPER], position);
  }

  /** The nodes by name. */
  build(maker: HostNodeMaker): Map<string, HostNode> {
    const nodes = new Map<string, HostNode>();
    // What is above a name is shorter than it.
    const names = [...this.#lists].sort(([a], [b]) => a.length - b.length);
    for (const [name, lists] of names) {
      const above = nearestAbove(name, nodes);
      nodes.set(name, maker.make(lists.map(sharedIfEmpty) as OwnLists, above?.node, above?.depth ?? DEEPER));
    }
    return nodes;
  }

  #listsOf(name: string): OwnLists {
    const known = this.#lists.get(name);
    if (known !== undefined) return known;
    const lists: OwnLists = [[], [], []];
    this.#lists.set(name, lists);
    return lists;
  }
}

function nearestAbove(
  name: string,
  nodes: ReadonlyMap<string, HostNode>,
): { node: HostNode; depth: Depth } | undefined {
  let depth: Depth = ONE_BELOW;
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const node = nodes.get(name.slice(dot + 1));
    if (node !== undefined) return { node, depth };
    depth = DEEPER;
  }
  return undefined;
}

/** Appends a position unless the same policy has put it there already. */
export function append(list: number[], position: number): void {
  if (list.at(-1) !== position) list.push(position);
}

function sharedIfEmpty(list: number[]): PositionList {
  return list.length === 0 ? NO_POSITIONS : list;
}
