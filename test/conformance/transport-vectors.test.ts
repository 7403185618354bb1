import { expect } from 'chai';
import { decide } from '#refgate/decide/decide.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { contracts } from '../support/http-shim.js';
import { RealTransports } from '../support/real-transports.js';
import { snapshotUnder } from './snapshot-under.js';
import { decisionFiles, readVectors, type Vector } from './vectors.js';

/** Every so many vectors one is asked through every transport. Prime, so that it walks through groups of any size. */
const stride = 7;

/** No HTTP message can carry these; such vectors are decided without a transport. */
const unsendable = /[\0\r\n]/;
/** Path and query in characters that a request line takes (RFC 9112 §3.2). */
const sendableTarget = /^\/[!-~]*$/;

function canBeSent({ request }: Vector): boolean {
  return (
    sendableTarget.test(request.target) && ![...request.headers.values()].flat().some((value) => unsendable.test(value))
  );
}

const all = decisionFiles
  .flatMap(readVectors)
  .flatMap(({ loads, policy, vectors }) =>
    loads ? vectors.filter(canBeSent).map((vector) => ({ policy, vector })) : [],
  );
const sample = all.filter((_, at) => at % stride === 0);

describe('conformance: vectors through the transports', () => {
  let transports: RealTransports;
  const snapshots: Snapshot[] = [];

  before(async () => {
    for (const { policy } of sample) snapshots.push(await snapshotUnder(policy));
    transports = await RealTransports.start(snapshots[0] as Snapshot);
  });

  after(() => transports.close());

  it('takes more than a tenth of the vectors, allows and denies among them', () => {
    expect(sample.length).to.be.greaterThan(all.length / 10);
    const denied = sample.filter(({ vector }) => vector.expect.action === 'deny').length;
    expect(denied)
      .to.be.greaterThan(sample.length / 5)
      .and.lessThan((sample.length * 4) / 5);
  });

  for (const [at, { vector }] of sample.entries()) {
    it(vector.title, async () => {
      const snapshot = snapshots[at] as Snapshot;
      const request: AuthzRequest = { ...vector.request, policyName: undefined };
      const { passes, reason, policy } = decide(snapshot, request);
      const expected = { passes, reason, location: passes ? '' : (policy?.onDeny.location ?? '') };
      transports.enforce(snapshot);
      expect(reason).to.equal(vector.expect.reason);
      expect(await transports.askByGrpc(request), 'gRPC').to.deep.equal(expected);
      for (const contract of contracts) {
        expect(await transports.askByHttp(contract, request), contract).to.deep.equal(expected);
      }
    });
  }
});
