import { expect } from 'chai';
import { HostOverlap } from '#refgate/match/host-overlap.js';
import type { HostPattern } from '#refgate/model/entry.js';
import { parseHostPattern } from '#refgate/referer/parse-host-pattern.js';
import { hostPatternCovers } from '../../support/oracle-hosts.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { Verdicts } from './verdicts.js';

const OVERLAPS = 300;

type Hosts = readonly HostPattern[] | undefined;

describe('owners that share a host, against the oracle', () => {
  it(
    `are found, and no others without wildcards inside labels, for ${OVERLAPS} sets of owners`,
    property((random) => {
      const verdicts = new Verdicts();
      for (let set = 0; set < OVERLAPS; set++) {
        const kind = random.pick(['plain', 'wild'] as const);
        const owners = random.list(1, 6, () => randomHosts(random, kind));
        const asked = randomHosts(random, kind);
        const found = new HostOverlap(owners).of(asked);
        for (const [place, hosts] of owners.entries()) {
          const shares = shareHost(asked, hosts);
          const seen = JSON.stringify({ asked, hosts });
          if (shares) expect(found, seen).to.include(place);
          else if (kind === 'plain') expect(found, seen).not.to.include(place);
          verdicts.count(kind, shares);
        }
        expect(found).to.deep.equal([...found].sort((a, b) => a - b));
      }
      verdicts.expectBothOften(['plain', 'wild']);
    }),
  ).timeout(PATIENCE);
});

const names = ['com', 'a.com', 'b.com', 'a.a.com', 'b.a.com', 'ba.com', 'net'];

function randomHosts(random: Prng, kind: 'plain' | 'wild'): Hosts {
  if (random.chance(0.05)) return undefined;
  return random.list(1, 2, () => parse(randomText(random, kind)));
}

function randomText(random: Prng, kind: 'plain' | 'wild'): string {
  const name = random.pick(names);
  if (kind === 'wild' && random.chance(0.5))
    return random.pick([`a*.${name}`, `*b.${name}`, `${name}.*`, `b.*.${name}`]);
  return random.pick([name, name, `*.${name}`, `.${name}`, '192.0.2.1', '192.0.2.2', '[2001:db8::1]', '**']);
}

function parse(text: string): HostPattern {
  const pattern = parseHostPattern(text);
  if ('problem' in pattern) throw new Error(pattern.problem);
  return pattern;
}

/** Names of up to four labels, which are as many as two of the patterns need to meet, and addresses. */
const hosts = ((): string[] => {
  const labels = ['a', 'b', 'ab', 'ba', 'com', 'net'];
  const longer = (tails: readonly string[]): string[] =>
    tails.flatMap((tail) => labels.map((label) => `${label}.${tail}`));
  const [two, three] = [longer(labels), longer(longer(labels))];
  return [...labels, ...two, ...three, ...longer(three), '192.0.2.1', '192.0.2.2', '[2001:db8::1]'];
})();

function shareHost(one: Hosts, other: Hosts): boolean {
  const covers = (patterns: Hosts, host: string): boolean =>
    patterns?.some((pattern) => hostPatternCovers(pattern, host)) ?? true;
  return hosts.some((host) => covers(one, host) && covers(other, host));
}
