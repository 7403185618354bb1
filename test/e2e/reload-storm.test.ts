import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { eventually } from '../support/eventually.js';
import { checkRequest } from '../support/grpc-check-request.js';
import { metadataOf } from '../support/grpc-check-response.js';
import { check, clientOf } from '../support/grpc-service.js';
import { exchange } from '../support/http-exchange.js';
import { startRefgate } from '../support/refgate-process.js';
import { RulesDir } from '../support/rules-dir.js';

const edits = 200;
/** Two edits close together, then time enough for a reload: on average one in 100 ms. */
const pausesMs = [20, 180] as const;

/** Rules that differ in whom they allow: edit 0 allows site0.example alone, edit 1 site1.example alone, and so on. */
const rules = (edit: number) => `policies:\n  - { name: edit-${edit}, referer: { allow: [site${edit}.example] } }\n`;

/** One answered Check, and the edits between which it was asked and answered. */
interface Seen {
  readonly asked: number;
  readonly passed: boolean;
  readonly policy: string;
  readonly generation: number;
}

describe('a storm of reloads', function () {
  this.timeout(90_000);
  const dir = new RulesDir({ 'rules.yaml': rules(0) });
  after(() => dir.dispose());

  it(`loses no call in ${edits} edits, and gives every one the answer of the rules that it names`, async () => {
    const refgate = await startRefgate({ rules: dir.path });
    const client = clientOf(refgate.grpc);
    const seen: Seen[] = [];
    let edit = 0;
    let done = false;
    const ask = async (): Promise<void> => {
      while (!done) {
        const asked = edit;
        const answer = await check(client, checkRequest({ headers: { referer: `https://site${asked}.example/` } }));
        if (!('status' in answer)) throw new Error(`a call failed: ${JSON.stringify(answer)}`);
        const { policy, generation } = metadataOf(answer);
        const passed = (answer.status?.code ?? 0) === 0;
        seen.push({ asked, passed, policy: String(policy), generation: Number(generation) });
      }
    };
    const clients = [ask(), ask(), ask(), ask()];
    for (edit = 1; edit <= edits; edit++) {
      dir.saveByRename('rules.yaml', rules(edit));
      // The pace of the storm itself; nothing is waited for.
      await pause(pausesMs[edit % 2]);
    }
    edit = edits;
    await eventually(
      async () => lastPolicy(refgate.admin),
      (policy) => policy === `edit-${edits}`,
    );
    done = true;
    await Promise.all(clients);
    client.close();

    expect(seen.length).to.be.greaterThan(edits);
    for (const { asked, passed, policy } of seen) expect(passed).to.equal(policy === `edit-${asked}`);
    expectStrictlyIncreasing(seen);
    expect(await refgate.process.stop()).to.equal(0);
  });
});

/** The policy in force now. */
async function lastPolicy(admin: string): Promise<string> {
  const { body } = await exchange(admin, { path: '/v1/explain?url=https://cdn.example/' });
  return (JSON.parse(body) as { policy: string }).policy;
}

/** A generation stands for one set of rules, and a later one for a later set. */
function expectStrictlyIncreasing(seen: readonly Seen[]): void {
  const byGeneration = new Map<number, string>();
  for (const { generation, policy } of seen) {
    expect(byGeneration.get(generation) ?? policy).to.equal(policy);
    byGeneration.set(generation, policy);
  }
  const ordered = [...byGeneration].toSorted(([a], [b]) => a - b).map(([, policy]) => Number(policy.slice(5)));
  expect(ordered.length).to.be.greaterThan(edits / 8);
  for (const [at, number] of ordered.entries()) expect(number).to.be.greaterThan(ordered[at - 1] ?? -1);
}
