import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { decide } from '#refgate/decide/decide.js';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { CompiledRules } from '#refgate/model/snapshot.js';
import { packRules } from '#refgate/rules/image/pack-rules.js';
import { transferList } from '#refgate/rules/image/transfer-list.js';
import { NOTHING_HELD, unpackRules } from '#refgate/rules/image/unpack-rules.js';
import { loadRules } from '#refgate/rules/load.js';
import { formatRuleError } from '#refgate/rules/rule-error.js';
import { useFolder } from '../../support/loaded-folder.js';
import { Prng } from '../../support/prng.js';
import { randomPolicies } from '../../support/random-policies.js';
import { randomReferer } from '../../support/random-referer.js';
import { writeFiles } from '../../support/rules-dir.js';

const RULE_SETS = 60;
const REQUESTS = 60;

const hosts = ['a.example', 'x.a.example', 'www.example.net', '192.0.2.7', 'elsewhere.test'];
const referers = [
  'https://a.example/',
  'http://www.example.com/x',
  'https://x.google.de/',
  'https://192.0.2.9/',
  '中文!',
];
const targets = ['/', '/images/a.jpg', '/a?b=1', '/%C3%A4/x', '/x.png'];

/** Wildcards, and bots of which there are ranges, which no other property of policies asks for. */
const furtherKeys = fc.record(
  {
    match: fc.record({ hosts: fc.constant(['*.example.*', 'a*.example', '192.0.2.7', 'x.a.example']) }),
    exempt: fc.record({ verifiedBots: fc.constant(['googlebot', 'bingbot']) }),
  },
  { requiredKeys: [] },
);

const policies = fc.array(
  fc.tuple(randomPolicies, furtherKeys, fc.boolean()).map(([policy, further, add]) => ({
    ...policy,
    ...(add && further),
  })),
  { minLength: 1, maxLength: 40 },
);

describe('rules packed for another thread, and unpacked', () => {
  const folder = useFolder();

  it(`decide as they did before: ${RULE_SETS} rule sets of ${REQUESTS} requests`, async function () {
    this.timeout(120_000);
    const chosen = { policy: 0, none: 0, entry: 0, bot: 0 };
    await fc.assert(
      fc.asyncProperty(policies, fc.integer(), async (written, seed) => {
        const rules = await load(written);
        const requests = Array.from(
          { length: REQUESTS },
          (
            (random) => () =>
              randomRequest(random)
          )(new Prng(seed)),
        );
        const expected = requests.map((request) => outcome(rules, request));
        const image = packRules(rules, new Set());
        const received = structuredClone(image, { transfer: transferList(image) });
        const { rules: unpacked } = await unpackRules(received, NOTHING_HELD);
        expect(requests.map((request) => outcome(unpacked, request))).to.deep.equal(expected);
        expect([...unpacked.byName.keys()]).to.deep.equal([...rules.byName.keys()]);
        expect([unpacked.headersRead, unpacked.entries]).to.deep.equal([rules.headersRead, rules.entries]);
        for (const { name, reason, entry } of expected) {
          chosen[name === undefined ? 'none' : 'policy'] += 1;
          if (entry !== '') chosen.entry += 1;
          if (reason === 'exempt_verified_bot') chosen.bot += 1;
        }
      }),
      { numRuns: RULE_SETS },
    );
    expect(Math.min(...Object.values(chosen)), JSON.stringify(chosen)).to.be.greaterThan(5);
  });

  async function load(written: readonly object[]): Promise<CompiledRules> {
    const named = written.map((policy, number) => ({ name: `p${number}`, ...policy }));
    const ranges = (prefix: string) => JSON.stringify({ prefixes: [{ ipv4Prefix: prefix }] });
    const files = {
      'rules/a.yaml': stringify({ policies: named }),
      'bots/googlebot.json': ranges('192.0.2.0/24'),
      'bots/bingbot.json': ranges('198.51.100.0/24'),
    };
    writeFiles(folder(), files);
    const result = await loadRules(join(folder(), 'rules'), { botRanges: join(folder(), 'bots') });
    if (!result.ok) throw new Error(result.errors.map(formatRuleError).join('\n'));
    return result.rules;
  }
});

/** What a decision says, the answer included. */
function outcome(rules: CompiledRules, request: AuthzRequest) {
  const settings = { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 } as const;
  const { policy, ...decision } = decide(createSnapshot(rules, settings), request);
  const { name, position, onDeny, headersRead } = policy ?? {};
  return { ...decision, name, position, onDeny, headersRead };
}

function randomRequest(random: Prng): AuthzRequest {
  const headers = new Map<string, readonly string[]>();
  if (random.chance(0.9)) headers.set('referer', [random.chance(0.7) ? random.pick(referers) : randomReferer(random)]);
  if (random.chance(0.5)) headers.set('user-agent', [random.pick(['Googlebot/2.1', 'a bingbot b', 'ab', 'x'])]);
  if (random.chance(0.3)) headers.set('sec-fetch-dest', [random.pick(['image', 'document'])]);
  if (random.chance(0.3)) headers.set('authorization', ['x']);
  return {
    method: random.pick(['GET', 'HEAD', 'OPTIONS']),
    scheme: random.pick(['http', 'https']),
    host: random.pick(hosts),
    target: random.pick(targets),
    headers,
    clientIp: random.pick(['192.0.2.1', '198.51.100.3', '203.0.113.7', '2001:db8::1', '']),
    policyName: undefined,
  };
}
