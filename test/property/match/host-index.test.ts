import { expect } from 'chai';
import { buildHostIndex } from '#refgate/match/host-index.js';
import type { HostPattern } from '#refgate/model/entry.js';
import { hostPatternCovers } from '../../support/oracle-hosts.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { type Kind, randomHost, randomPattern } from './random-entries.js';
import { Verdicts } from './verdicts.js';

const PAIRS = 40_000;
const HOSTS_AN_INDEX = 20;
const KINDS: readonly Kind[] = ['name', 'network', 'wildcard'];
const SEEDS = [undefined, { start: 0, multiplier: 0 }];

type Policies = readonly (readonly HostPattern[] | undefined)[];

describe('host index against the oracle', () => {
  it(
    `gives the same policies for ${PAIRS} pairs of index and host`,
    property((random) => {
      const verdicts = new Verdicts();
      for (let pair = 0; pair < PAIRS; pair += HOSTS_AN_INDEX) checkIndex(random, verdicts);
      verdicts.expectBothOften([...KINDS, 'mixed']);
    }),
  ).timeout(PATIENCE);
});

function checkIndex(random: Prng, verdicts: Verdicts): void {
  const kind = random.pick([...KINDS, 'mixed'] as const);
  const policies = random.list(1, random.pick([3, 10]), () => randomHosts(random, kind));
  const index = buildHostIndex(policies, random.pick(SEEDS));
  for (let host = 0; host < HOSTS_AN_INDEX; host++) {
    const name = randomHost(random);
    const expected = covering(policies, name);
    const found = Array.from(index.candidates(name));
    if (found.join() !== expected.join()) expect(found, JSON.stringify({ name, policies })).to.deep.equal(expected);
    verdicts.count(kind, found.length > 0);
  }
}

function randomHosts(random: Prng, kind: Kind | 'mixed'): HostPattern[] | undefined {
  if (kind === 'mixed' && random.chance(0.02)) return random.pick([undefined, [{ kind: 'any' }]]);
  return random.list(0, 3, () => randomPattern(random, kind === 'mixed' ? random.pick(KINDS) : kind));
}

function covering(policies: Policies, host: string): number[] {
  const covers = (hosts: Policies[number]): boolean =>
    hosts === undefined || hosts.some((pattern) => pattern.kind === 'any' || hostPatternCovers(pattern, host));
  return [...policies.keys()].filter((position) => covers(policies[position]));
}
