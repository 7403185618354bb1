import { expect } from 'chai';
import type { Decision, Reason } from '#refgate/model/decision.js';
import type { Mode } from '#refgate/model/policy.js';
import { createGrpcAnswers } from '#refgate/transport/grpc/answers.js';
import {
  decodeResponse,
  metadataOf,
  type OfficialResponse,
  overwriting,
} from '../../../support/grpc-check-response.js';
import { decisionOf, FORBIDDEN, LEGAL, policyOf, REDIRECT } from '../../../support/grpc-snapshot.js';
import { undecidingSnapshot } from '../../../support/policy-builder.js';

const images = policyOf('images', 0, FORBIDDEN);
const moved = policyOf('moved', 1, REDIRECT);
const legal = policyOf('legal', 2, LEGAL);
const twin = policyOf('twin', 3, FORBIDDEN);
const snapshot = undecidingSnapshot([images, moved, legal, twin]);

/** A Record, so that the compiler asks for a reason that is added to the model. */
const REASONS: Readonly<Record<Reason, true>> = {
  no_policy: true,
  unknown_policy: true,
  exempt_method: true,
  exempt_client_ip: true,
  exempt_user_agent: true,
  exempt_verified_bot: true,
  exempt_authorization: true,
  exempt_redirect_target: true,
  empty_allowed: true,
  empty_denied: true,
  empty_verified: true,
  empty_cross_site: true,
  empty_unverified_allowed: true,
  invalid_referer: true,
  deny_list: true,
  self: true,
  allow_list: true,
  not_in_allow_list: true,
  default_allow: true,
};
const MODES: readonly (Mode | '')[] = ['enforce', 'shadow', ''];

function answer(decision: Partial<Decision>, debugHeaders = false): OfficialResponse {
  return decodeResponse(createGrpcAnswers(snapshot, { debugHeaders }).encode(decisionOf(decision)));
}

function denied(decision: Partial<Decision>): Partial<Decision> {
  return { action: 'deny', reason: 'not_in_allow_list', passes: false, entry: '', ...decision };
}

describe('gRPC answers', () => {
  it('an allow asks the proxy to append the vary of its policy', () => {
    expect(answer({ policy: images })).to.deep.include({
      status: {},
      ok_response: {
        response_headers_to_add: [
          {
            header: { key: 'vary', value: 'referer, user-agent' },
            append: { value: true },
            // APPEND_IF_EXISTS_OR_ADD is the enum's zero: proto3 does not put it on the wire.
          },
        ],
      },
    });
  });

  it('an allow without a policy changes nothing', () => {
    expect(answer({ reason: 'no_policy', mode: '' })).to.deep.include({ status: {}, ok_response: {} });
  });

  it("a deny carries the policy's status, headers and body", () => {
    expect(answer(denied({ policy: images }))).to.deep.include({
      status: { code: 7 },
      denied_response: {
        status: { code: 'Forbidden' },
        headers: FORBIDDEN.headers.map(([name, value]) => overwriting(name, value)),
        body: 'Kein Hotlinking, bitte: ü\n',
      },
    });
  });

  it('a redirect is a deny with a location', () => {
    expect(answer(denied({ policy: moved })).denied_response).to.deep.equal({
      status: { code: 'Found' },
      headers: [
        overwriting('location', 'https://shop.example/hotlink.png?from=refgate'),
        overwriting('cache-control', 'no-store'),
        overwriting('vary', 'referer, user-agent'),
      ],
    });
  });

  it("a status that Envoy's enum does not name keeps its number", () => {
    expect(answer(denied({ policy: legal })).denied_response?.status).to.deep.equal({ code: 451 });
  });

  for (const reason of ['no_policy', 'unknown_policy'] as const) {
    it(`a deny by ${reason} is a plain 403`, () => {
      expect(answer(denied({ reason, mode: '' }))).to.deep.include({
        status: { code: 7 },
        denied_response: {
          status: { code: 'Forbidden' },
          headers: [
            overwriting('content-type', 'text/plain; charset=utf-8'),
            overwriting('cache-control', 'no-store'),
            overwriting('vary', 'referer'),
          ],
          body: 'Forbidden\n',
        },
      });
    });
  }

  it('policies that answer alike share their bytes but not their names', () => {
    const [first, second] = [answer(denied({ policy: images })), answer(denied({ policy: twin }))];
    expect(second.denied_response).to.deep.equal(first.denied_response);
    expect([metadataOf(first)['policy'], metadataOf(second)['policy']]).to.deep.equal(['images', 'twin']);
  });

  describe('dynamic_metadata', () => {
    it('holds all seven keys', () => {
      expect(metadataOf(answer({ policy: images }))).to.deep.equal({
        policy: 'images',
        decision: 'allow',
        reason: 'allow_list',
        mode: 'enforce',
        referer_host: 'www.shop.example',
        entry: 'shop.example',
        generation: 7,
      });
    });

    it('holds them also where there is nothing to say', () => {
      expect(metadataOf(answer({ reason: 'no_policy', mode: '', entry: '', refererHost: '' }))).to.deep.equal({
        policy: '',
        decision: 'allow',
        reason: 'no_policy',
        mode: '',
        referer_host: '',
        entry: '',
        generation: 7,
      });
    });

    it('keeps the true verdict of a deny that shadow mode lets pass', () => {
      const response = answer({ ...denied({ policy: images }), mode: 'shadow', passes: true });
      expect(response.status).to.deep.equal({});
      expect(response.ok_response).to.not.equal(undefined);
      expect(metadataOf(response)).to.include({ decision: 'deny', mode: 'shadow', reason: 'not_in_allow_list' });
    });

    for (const length of [0, 1, 100, 107, 108, 117, 118, 127, 128, 4096, 16_384, 70_000]) {
      it(`takes an entry of ${length} characters, of one byte and of more`, () => {
        for (const character of ['x', 'ü', '漢', '🙂']) {
          const entry = character.repeat(length);
          expect(metadataOf(answer({ policy: images, entry, refererHost: entry }))).to.include({
            entry,
            referer_host: entry,
          });
        }
      });
    }
  });

  describe('with debug headers', () => {
    it('an allow tells policy and reason to the client', () => {
      expect(answer({ policy: images }, true).ok_response?.response_headers_to_add?.slice(1)).to.deep.equal([
        overwriting('x-refgate-policy', 'images'),
        overwriting('x-refgate-reason', 'allow_list'),
      ]);
    });

    it('a deny tells them beside its own headers', () => {
      const { headers, body } = answer(denied({ policy: images }), true).denied_response ?? {};
      expect(headers?.slice(FORBIDDEN.headers.length)).to.deep.equal([
        overwriting('x-refgate-policy', 'images'),
        overwriting('x-refgate-reason', 'not_in_allow_list'),
      ]);
      expect(body).to.equal(FORBIDDEN.body);
    });

    it('without a policy there is none to tell', () => {
      expect(answer({ reason: 'no_policy', mode: '' }, true).ok_response).to.deep.equal({
        response_headers_to_add: [overwriting('x-refgate-reason', 'no_policy')],
      });
    });
  });

  it('fails closed: every path sets the status, 0 for what passes and 7 for what does not', () => {
    const policies = [undefined, ...snapshot.policies];
    const verdicts = policies.flatMap((policy) => [true, false].map((passes) => ({ policy, passes })));
    const cases = Object.keys(REASONS).flatMap((reason) =>
      MODES.flatMap((mode) => verdicts.map((verdict) => ({ ...verdict, mode, reason: reason as Reason }))),
    );
    for (const debugHeaders of [true, false]) {
      const answers = createGrpcAnswers(snapshot, { debugHeaders });
      for (const parts of cases) {
        const action = parts.passes ? 'allow' : 'deny';
        expectStatus(answers.encode(decisionOf({ ...parts, action })), parts.passes);
      }
    }
  });

  it('refuses a decision of another snapshot', () => {
    const answers = createGrpcAnswers(snapshot, { debugHeaders: false });
    expect(() => answers.encode(decisionOf({ generation: 8 }))).to.throw(/generation 8/);
    expect(() => answers.encode(decisionOf({ policy: policyOf('images', 0, FORBIDDEN) }))).to.throw();
    expect(() => answers.encode(decisionOf({ policy: policyOf('new', 99, FORBIDDEN) }))).to.throw();
  });

  it('stays affordable for 100,000 policies', () => {
    const policies = Array.from({ length: 100_000 }, (_, index) => policyOf(`p${index}`, index, FORBIDDEN));
    const answers = createGrpcAnswers(undecidingSnapshot(policies), { debugHeaders: false });
    const last = decodeResponse(answers.encode(decisionOf({ policy: policies[99_999] })));
    expect(metadataOf(last)['policy']).to.equal('p99999');
  });
});

/** The official decoder must find the field on the wire, and one of the two responses to go with it. */
function expectStatus(bytes: Buffer, passes: boolean): void {
  const response = decodeResponse(bytes);
  expect(response.status).to.deep.equal(passes ? {} : { code: 7 });
  expect(response.ok_response !== undefined).to.equal(passes);
  expect(response.denied_response !== undefined).to.equal(!passes);
  expect(Object.keys(metadataOf(response))).to.have.length(7);
}
