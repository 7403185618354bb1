import { expect } from 'chai';
import type { Decision } from '#refgate/model/decision.js';
import { explainDecision } from '#refgate/transport/explanation.js';
import { createGrpcAnswers } from '#refgate/transport/grpc/answers.js';
import { encodeDecision } from '#refgate/transport/http/encode-decision.js';
import { envoyContract } from '#refgate/transport/http/envoy.js';
import { forwardContract } from '#refgate/transport/http/forward.js';
import { nginxContract } from '#refgate/transport/http/nginx.js';
import { decodeResponse } from '../../support/grpc-check-response.js';
import { decisionOf } from '../../support/http-decision.js';
import { policy, undecidingSnapshot } from '../../support/policy-builder.js';
import { xmlElements } from '../../support/xml-elements.js';

const oss = policy({
  name: 'oss',
  onDeny: { headers: [['content-type', 'application/xml']], body: '', format: 'oss-xml' },
});

interface Told {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function byGrpc(decision: Decision): Told {
  const answers = createGrpcAnswers(undecidingSnapshot([oss]), { debugHeaders: false });
  const { denied_response: denied } = decodeResponse(answers.encode(decision));
  const headers = (denied?.headers ?? []).map(({ header }) => [header.key, header.value]);
  return { headers: Object.fromEntries(headers), body: denied?.body ?? '' };
}

function byHttp(contract: typeof nginxContract): (decision: Decision) => Told {
  return (decision) => {
    const { headers, body } = encodeDecision(decision, contract, false);
    const pairs = headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1]]] : []));
    return { headers: Object.fromEntries(pairs), body: body.toString() };
  };
}

const transports: Readonly<Record<string, (decision: Decision) => Told>> = {
  gRPC: byGrpc,
  nginx: byHttp(nginxContract),
  forward: byHttp(forwardContract),
  envoy: byHttp(envoyContract),
};

const denied = (given: Partial<Decision>): Decision => decisionOf({ policy: oss, host: 'b.example', ...given });

describe('the error document of OSS', () => {
  for (const [name, tell] of Object.entries(transports)) {
    it(`is told by ${name}, with the id and the code in headers`, () => {
      const { headers, body } = tell(denied({ reason: 'deny_list' }));
      const requestId = headers['x-oss-request-id'];
      expect(requestId).to.match(/^[0-9A-F]{24}$/);
      expect(headers).to.include({ 'content-type': 'application/xml', 'x-oss-ec': '0003-00000502' });
      expect(body).to.match(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/);
      expect(xmlElements(body)).to.deep.equal({
        'Error/Code': 'AccessDenied',
        'Error/Message': 'You are denied by bucket referer policy.',
        'Error/RequestId': requestId,
        'Error/HostId': 'b.example',
        'Error/EC': '0003-00000502',
      });
    });

    it(`has another id in each answer of ${name}`, () => {
      const ids = [1, 2, 3].map(() => tell(denied({})).headers['x-oss-request-id']);
      expect(new Set(ids).size).to.equal(3);
    });
  }

  const codes: [Decision['reason'], string][] = [
    ['empty_denied', '0003-00000501'],
    ['empty_cross_site', '0003-00000501'],
    ['deny_list', '0003-00000502'],
    ['not_in_allow_list', '0003-00000503'],
    ['invalid_referer', '0003-00000503'],
  ];
  for (const [reason, code] of codes) {
    it(`tells ${reason} as ${code}`, () => expect(byGrpc(denied({ reason })).headers['x-oss-ec']).to.equal(code));
  }

  it('takes any host', () => {
    const { body } = byGrpc(denied({ host: ']]><a&b>\0\x1b\ud800\uffffé' }));
    expect(xmlElements(body)['Error/HostId']).to.equal(']]><a&b>\ufffd\ufffd\ufffd\ufffdé');
  });

  it('is named by explain through its headers', () => {
    const { headers } = explainDecision(denied({ reason: 'empty_denied' }));
    expect(headers).to.include({ 'x-oss-ec': '0003-00000501' });
    expect(headers['x-oss-request-id']).to.match(/^[0-9A-F]{24}$/);
  });

  it('is not told where shadow mode lets the request pass', () => {
    const { headers, body } = byHttp(forwardContract)(denied({ mode: 'shadow', passes: true }));
    expect(headers).not.to.have.property('x-oss-ec');
    expect(body).to.equal('');
  });
});
