import { expect } from 'chai';
import { ask } from '../support/ask.js';
import { accessLogLine } from '../support/envoy.js';
import { envoyGrpc } from '../support/fronts.js';
import { useChain } from './chain.js';

/** What refgate says of a request in dynamic metadata, `generation` apart. */
const cases = [
  {
    request: { target: '/images/log-allow.png', referers: ['https://a.affiliates.example/'] },
    logged: {
      policy: 'shop-images',
      decision: 'allow',
      reason: 'allow_list',
      mode: 'enforce',
      referer_host: 'a.affiliates.example',
      entry: '*.affiliates.example',
      status: 200,
    },
  },
  {
    request: { target: '/images/log-deny.png', referers: ['https://Thief.example/'] },
    logged: {
      policy: 'shop-images',
      decision: 'deny',
      reason: 'not_in_allow_list',
      mode: 'enforce',
      referer_host: 'thief.example',
      entry: '',
      status: 403,
    },
  },
  {
    request: { target: '/shadow.zip', host: 'downloads.shop.example', referers: ['https://leech.example/'] },
    logged: {
      policy: 'downloads-trial',
      decision: 'deny',
      reason: 'deny_list',
      mode: 'shadow',
      referer_host: 'leech.example',
      entry: 'leech.example',
      status: 200,
    },
  },
  {
    request: { target: '/log-no-policy.html', referers: [] },
    logged: {
      policy: '',
      decision: 'allow',
      reason: 'no_policy',
      mode: '',
      referer_host: '',
      entry: '',
      status: 200,
    },
  },
];

// refgate appends referer_host and entry as a second `dynamic_metadata` field, which protobuf merges into the first.
// That a real Envoy does so too is seen here: all seven keys are in its log.
describe("refgate's verdict in Envoy's access log", function () {
  this.timeout(60_000);
  const chain = useChain(envoyGrpc);

  for (const { request, logged } of cases) {
    it(`has all seven keys for ${logged.reason}`, async () => {
      const { front } = chain();
      await ask(front.address, request);
      expect(await accessLogLine(front, request.target)).to.include({ ...logged, generation: 1 });
    });
  }
});
