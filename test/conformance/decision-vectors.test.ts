import { expect } from 'chai';
import { decide } from '#refgate/decide/decide.js';
import type { Decision } from '#refgate/model/decision.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { loadPolicy, snapshotUnder } from './snapshot-under.js';
import type { Expectation, Vector } from './vectors.js';
import { decisionFiles, readVectors } from './vectors.js';

/** A decision in the words of a vector, as far as the vector says something. */
function inTheWordsOf(expected: Expectation, { action, reason, entry, passes, policy }: Decision): Expectation {
  const answer = passes ? undefined : policy?.onDeny;
  return {
    action,
    reason,
    ...((entry !== '' || expected.entry !== undefined) && { entry }),
    ...(expected.status !== undefined && { status: answer?.status ?? (passes ? 200 : 403) }),
    ...(expected.location !== undefined && { location: answer?.location ?? '' }),
  };
}

function test({ title, request, expect: expected }: Vector, snapshot: () => Snapshot): void {
  it(title, () => {
    const decision = decide(snapshot(), { ...request, policyName: undefined });
    expect(inTheWordsOf(expected, decision)).to.deep.equal(expected);
  });
}

for (const file of decisionFiles) {
  describe(`conformance: ${file}`, () => {
    for (const { title, source, policy, loads, vectors } of readVectors(file)) {
      describe(`${title} [${source}]`, () => {
        if (!loads) {
          it('is refused', async () => expect((await loadPolicy(policy)).ok).to.equal(false));
          return;
        }
        let snapshot: Snapshot;
        before(async () => {
          snapshot = await snapshotUnder(policy);
        });
        for (const vector of vectors) test(vector, () => snapshot);
      });
    }
  });
}
