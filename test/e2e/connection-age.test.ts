import { Agent } from 'node:http';
import { expect } from 'chai';
import { ask } from '../support/ask.js';
import type { Substitution } from '../support/deploy-file.js';
import { eventually } from '../support/eventually.js';
import { envoyGrpc, envoyHttp, type Front, nginx } from '../support/fronts.js';
import { metricOf } from '../support/metric-of.js';
import { useChain } from './chain.js';

const clients = 8;
/** Connections of the proxy that must have been ended under it. */
const retirements = 10;

interface Variant {
  readonly front: Front;
  readonly listener: 'grpc' | 'http';
  /** Proxies ask again on their own account where they may; here nothing may need that. */
  readonly withoutRetries: readonly Substitution[];
}

const never: Substitution = ['retry_on: connect-failure,refused-stream,reset-before-request', 'retry_on: ""'];

const variants: readonly Variant[] = [
  { front: envoyGrpc, listener: 'grpc', withoutRetries: [never] },
  { front: envoyHttp, listener: 'http', withoutRetries: [never] },
  { front: nginx, listener: 'http', withoutRetries: [] },
];

for (const { front, listener, withoutRetries } of variants) {
  describe(`connections of ${front.name} that reach their age under load`, function () {
    this.timeout(60_000);
    const chain = useChain(front, [...front.patience, ...withoutRetries], ['--max-connection-age', '1']);

    it('are ended and made anew, and no request fails, without retries', async () => {
      const { address } = chain().front;
      const agent = new Agent({ keepAlive: true });
      const seen = new Set<number>();
      let done = false;
      const load = Array.from({ length: clients }, async (_, client) => {
        // Denies as well: Envoy hands their headers on to its client.
        const [referer, status] = client % 2 === 0 ? ['https://shop.example/', 200] : ['https://leech.example/', 403];
        while (!done) {
          const answer = await ask(address, { target: '/images/logo.png', referers: [referer], agent });
          if (answer.status !== status) seen.add(answer.status);
        }
      });
      const labels = `listener="${listener}",reason="age"`;
      const retired = () => metricOf(chain().refgate.admin, 'refgate_connections_retired_total', labels);
      await Promise.race([eventually(retired, (count) => count >= retirements), Promise.all(load)]);
      done = true;
      await Promise.all(load);
      agent.destroy();
      expect([...seen]).to.deep.equal([]);
    });
  });
}
