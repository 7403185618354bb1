import { expect } from 'chai';
import { explainDecision } from '#refgate/transport/explanation.js';
import { decisionOf, redirectPolicy, shadowPolicy } from '../../support/http-decision.js';

describe('explainDecision', () => {
  it('tells a deny with the answer that the client gets', () => {
    expect(explainDecision(decisionOf())).to.deep.equal({
      decision: 'deny',
      reason: 'not_in_allow_list',
      policy: 'images',
      entry: '',
      mode: 'enforce',
      status: 403,
      location: null,
      headers: { 'content-type': 'text/plain', 'cache-control': 'no-store', vary: 'referer, user-agent' },
      step: 7,
      passes: false,
      generation: 7,
      refererHost: 'evil.example',
    });
  });

  it('tells a redirect with its target beside the headers', () => {
    const explanation = explainDecision(decisionOf({ policy: redirectPolicy }));
    expect(explanation).to.include({ status: 302, location: 'https://shop.example/hotlink.png' });
    expect(explanation.headers).not.to.have.property('location');
  });

  it('tells an allow as 200 with the vary of the policy', () => {
    const allow = decisionOf({ action: 'allow', reason: 'allow_list', entry: 'good.example', passes: true });
    expect(explainDecision(allow)).to.deep.include({
      decision: 'allow',
      entry: 'good.example',
      status: 200,
      location: null,
      headers: { vary: 'referer, user-agent' },
    });
  });

  it('tells a deny in shadow mode as a deny that passes', () => {
    const shadowed = decisionOf({ policy: shadowPolicy, mode: 'shadow', passes: true });
    expect(explainDecision(shadowed)).to.deep.include({
      decision: 'deny',
      mode: 'shadow',
      passes: true,
      status: 200,
      location: null,
      headers: { vary: 'referer, user-agent' },
    });
  });

  it('tells decisions without a policy', () => {
    const uncovered = decisionOf({ policy: undefined, mode: '', reason: 'no_policy', refererHost: '' });
    expect(explainDecision(uncovered)).to.deep.include({
      policy: '',
      mode: '',
      status: 403,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', vary: 'referer' },
    });
    const passed = explainDecision({ ...uncovered, action: 'allow', passes: true });
    expect(passed).to.deep.include({ decision: 'allow', status: 200, headers: {} });
  });
});
