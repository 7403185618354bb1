import { NO_POSITIONS, type PositionList, unite } from './position-list.js';

/** How far a request's host is below a named one: it is that host, has exactly one label more, or more than one. */
export type Depth = 0 | 1 | 2;

/** That host itself. */
export const SELF: Depth = 0;
/** One label more. */
export const ONE_BELOW: Depth = 1;
/** Several labels more. */
export const DEEPER: Depth = 2;

/** A host that policies name, or a block of addresses. */
export interface HostNode {
  /** The policies that name this host, by the depth at which they cover others. */
  readonly own: readonly [PositionList, PositionList, PositionList];
  /** The nearest named host above this one. */
  readonly parent: HostNode | undefined;
  /** How far this host is below its parent. */
  readonly depthInParent: Depth;
  /** By depth, all policies: the own ones, those of every host above, and those for every host. Absent where too long. */
  readonly united: readonly (PositionList | undefined)[];
}

/** All policies for a host that is `depth` below the node. */
export function policiesAt(node: HostNode, depth: Depth, everyHost: PositionList): PositionList {
  let list = NO_POSITIONS;
  let at: Depth = depth;
  for (let up: HostNode | undefined = node; up !== undefined; up = up.parent) {
    const united = up.united[at];
    if (united !== undefined) return unite(list, united);
    list = unite(list, up.own[at]);
    // Whatever is below this node is at least two labels below its parent.
    at = at === SELF ? up.depthInParent : DEEPER;
  }
  return unite(list, everyHost);
}
