import { expect } from 'chai';
import type { Decision } from '#refgate/model/decision.js';
import { createGrpcAnswers } from '#refgate/transport/grpc/answers.js';
import { decisionOf, FORBIDDEN, policyOf, REDIRECT } from '../../../support/grpc-snapshot.js';
import { undecidingSnapshot } from '../../../support/policy-builder.js';
import { type Prng, property } from '../../../support/prng.js';

const policies = [policyOf('images', 0, FORBIDDEN), policyOf('moved', 1, REDIRECT), policyOf('twin', 2, FORBIDDEN)];
const snapshot = undecidingSnapshot(policies);

function randomDecision(random: Prng): Decision {
  const action = random.pick(['allow', 'deny'] as const);
  const mode = random.pick(['enforce', 'shadow'] as const);
  return decisionOf({
    policy: random.pick(policies),
    action,
    mode,
    passes: action === 'allow' || mode === 'shadow',
    reason: random.pick(['deny_list', 'self', 'allow_list', 'invalid_referer'] as const),
    step: random.integer(3, 5),
    refererHost: random.pick(['', 'a.example', 'b.example', 'bb.example', 'a'.repeat(300)]),
    entry: random.pick(['', 'a.example', 'x.example', 'é'.repeat(2_000)]),
  });
}

describe('recent answers', () => {
  it(
    'are those of the decisions at hand',
    property((random) => {
      const answers = createGrpcAnswers(snapshot, { debugHeaders: false });
      for (let run = 0; run < 5_000; run++) {
        const decision = randomDecision(random);
        const fresh = createGrpcAnswers(snapshot, { debugHeaders: false }).encode(decision);
        expect(answers.encode(decision).equals(fresh), JSON.stringify({ ...decision, policy: undefined })).to.equal(
          true,
        );
      }
    }),
  );

  it('are not kept where each is made for its request', () => {
    const xml = policyOf('xml', 0, { ...FORBIDDEN, body: '', format: 'oss-xml' });
    const answers = createGrpcAnswers(undecidingSnapshot([xml]), { debugHeaders: false });
    const deny = decisionOf({ policy: xml, action: 'deny', passes: false, reason: 'deny_list' });
    expect(answers.encode(deny).equals(answers.encode(deny))).to.equal(false);
  });
});
