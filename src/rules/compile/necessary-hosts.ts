import type { HostPattern } from '../../model/entry.js';

/** The hosts of a condition and of those inside it, as far as they are given. */
export interface HostsOfCondition {
  readonly own: readonly HostPattern[] | undefined;
  /** What each member of `all` makes necessary. */
  readonly all: readonly (readonly HostPattern[] | undefined)[];
  /** What each member of `any` makes necessary. */
  readonly any: readonly (readonly HostPattern[] | undefined)[];
}

/**
 * Patterns of which one must cover the host of every request that the condition holds for; `undefined`: no hosts are
 * necessary. They are what the index finds a policy by, so that `all: [{ hosts: … }, …]` costs requests for other hosts
 * as little as `hosts: …` does; the condition itself is tested afterwards. `not` makes no host necessary.
 */
export function necessaryHosts({ own, all, any }: HostsOfCondition): readonly HostPattern[] | undefined {
  const choices = [own, ...all, everyOf(any)].filter((hosts) => hosts !== undefined);
  return choices.find((hosts) => hosts.every(({ kind }) => kind !== 'any'));
}

/** One of the branches holds, so the host is one of theirs, if each has some. */
function everyOf(branches: readonly (readonly HostPattern[] | undefined)[]): readonly HostPattern[] | undefined {
  if (branches.length === 0 || branches.includes(undefined)) return undefined;
  return branches.flatMap((hosts) => hosts ?? []);
}
