import { expect } from 'chai';
import { stringify } from 'yaml';
import { decide } from '#refgate/decide/decide.js';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { loadFiles, useFolder } from '../../support/loaded-folder.js';
import { conditionHolds, type WrittenCondition, type WrittenValue } from '../../support/oracle-conditions.js';
import { PATIENCE, type Prng, prng } from '../../support/prng.js';

const RULE_SETS = 250;
const REQUESTS = 60;
const DEEPEST = 4;

const hosts = ['a.example', 'b.example', 'x.a.example', 'y.x.a.example', 'c.test'];
const patterns = [...hosts, '*.example', '*.a.example', '**'];
const names = ['p', 'q', 'r'];
const letters = ['a', 'b'];

describe('selection by random conditions, against the oracle', () => {
  const folder = useFolder();

  it(`chooses the same policy for ${RULE_SETS} rule sets of ${REQUESTS} requests`, async () => {
    const random = prng();
    const chosen = { none: 0, first: 0, later: 0 };
    for (let set = 0; set < RULE_SETS; set++) {
      const policies = random.list(1, 8, () => randomCondition(random, 0));
      const snapshot = await snapshotOf(policies, folder());
      for (let number = 0; number < REQUESTS; number++) {
        const position = checkSelection(snapshot, policies, random);
        chosen[position < 0 ? 'none' : position === 0 ? 'first' : 'later'] += 1;
      }
    }
    expect(Math.min(...Object.values(chosen)), JSON.stringify(chosen)).to.be.greaterThan((RULE_SETS * REQUESTS) / 50);
  }).timeout(PATIENCE);
});

/** Decides one request; returns the position of the policy that covers it, -1 for none. */
function checkSelection(snapshot: Snapshot, policies: readonly WrittenCondition[], random: Prng): number {
  const request = randomRequest(random);
  const expected = policies.findIndex((match) => conditionHolds(match, request));
  const found = decide(snapshot, request).policy?.position ?? -1;
  if (found !== expected) {
    const seen = JSON.stringify({ policies, request: { ...request, headers: [...request.headers] } });
    expect(found, `${seen} (run again with REFGATE_SEED=${random.seed})`).to.equal(expected);
  }
  return expected;
}

async function snapshotOf(policies: readonly WrittenCondition[], folder: string): Promise<Snapshot> {
  const rules = policies.map((match, number) => ({ name: `p${number}`, match, referer: {} }));
  const { result, lines } = await loadFiles(folder, { 'rules.yaml': stringify({ policies: rules }) });
  if (!result.ok) throw new Error(lines.join('\n'));
  return createSnapshot(result.rules, { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 });
}

/** `level` is that of the condition; `match` itself is on level 0. */
function randomCondition(random: Prng, level: number): WrittenCondition {
  const condition: WrittenCondition = {};
  if (random.chance(0.4)) condition.hosts = random.list(1, 2, () => random.pick(patterns));
  if (random.chance(0.2)) condition.methods = random.list(1, 2, () => random.pick(['GET', 'HEAD']));
  if (random.chance(0.2)) condition.headers = randomValues(random, 'x-');
  if (random.chance(0.2)) condition.query = randomValues(random);
  if (random.chance(0.2)) condition.cookies = randomValues(random);
  if (random.chance(0.1)) condition.destinations = [random.pick(['image', 'video'])];
  if (level < DEEPEST) addNested(random, condition, level + 1);
  return Object.keys(condition).length > 0 ? condition : { methods: ['GET'] };
}

function addNested(random: Prng, condition: WrittenCondition, level: number): void {
  const nested = (): WrittenCondition => randomCondition(random, level);
  if (random.chance(0.25)) condition.any = random.list(1, 3, nested);
  if (random.chance(0.2)) condition.all = random.list(1, 2, nested);
  if (random.chance(0.15)) condition.not = nested();
}

function randomValues(random: Prng, prefix = ''): Record<string, WrittenValue> {
  const wanted = random.list(1, 2, () => [`${prefix}${random.pick(names)}`, randomExpected(random)] as const);
  return Object.fromEntries(wanted);
}

function randomExpected(random: Prng): WrittenValue {
  if (random.chance(0.5)) return random.chance(0.5);
  return random.list(0, 2, () => random.pick([...letters, '*', '?'])).join('');
}

function randomRequest(random: Prng): AuthzRequest {
  const value = (): string => random.list(0, 2, () => random.pick(letters)).join('');
  const pairs = (): string[] => random.list(0, 2, () => `${random.pick(names)}=${value()}`);
  const headers = new Map<string, readonly string[]>();
  for (const name of names) if (random.chance(0.5)) headers.set(`x-${name}`, random.list(1, 2, value));
  if (random.chance(0.5))
    headers.set(
      'cookie',
      random.list(1, 2, () => pairs().join('; ')),
    );
  if (random.chance(0.5)) headers.set('sec-fetch-dest', [random.pick(['image', 'video', 'document'])]);
  return {
    method: random.pick(['GET', 'HEAD']),
    scheme: 'https',
    host: random.pick(hosts),
    target: `/?${pairs().join('&')}`,
    headers,
    clientIp: '',
    policyName: undefined,
  };
}
