import { expect } from 'chai';
import { ask } from '../support/ask.js';
import { deployFile, type Substitution } from '../support/deploy-file.js';
import { accessLogLine } from '../support/envoy.js';
import { envoyGrpc } from '../support/fronts.js';
import { useChain } from './chain.js';

const referers = ['https://thief.example/'];

for (const { policy, reason } of [
  { policy: 'shop-images', reason: 'not_in_allow_list' },
  // A typing mistake in Envoy's configuration must not open the door.
  { policy: 'shop-imags', reason: 'unknown_policy' },
]) {
  describe(`a route of Envoy that names the policy ${policy}`, function () {
    this.timeout(60_000);
    const chain = useChain(envoyGrpc, [
      ...envoyGrpc.patience,
      routeExample(),
      ['policy: shop-images', `policy: ${policy}`],
    ]);

    it(`denies what no policy's match covers (${reason})`, async () => {
      const { front } = chain();
      expect((await ask(front.address, { target: '/about.html', referers })).status).to.equal(403);
      expect(await accessLogLine(front, '/about.html')).to.include({ decision: 'deny', reason });
    });
  });
}

/** The example that the deploy file has in a comment, and the same without the comment signs. */
function routeExample(): Substitution {
  const text = deployFile('envoy/grpc.yaml', []);
  const [commented = ''] = / *# typed_per_filter_config:\n(?: *# {2}.*\n){3}/.exec(text) ?? [];
  return [commented, commented.replaceAll('# ', '')];
}
