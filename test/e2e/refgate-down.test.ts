import { expect } from 'chai';
import { type Answer, ask } from '../support/ask.js';
import type { Substitution } from '../support/deploy-file.js';
import { eventually } from '../support/eventually.js';
import { envoyGrpc, envoyHttp, type Front, nginx, nginxFailOpen } from '../support/fronts.js';
import { startRefgate } from '../support/refgate-process.js';
import { useChain } from './chain.js';

interface Variant {
  readonly name: string;
  readonly front: Front;
  readonly substitutions: readonly Substitution[];
  /** What a thief's request gets while refgate cannot be asked. */
  readonly status: number;
}

const failureModeAllow: Substitution = ['failure_mode_allow: false', 'failure_mode_allow: true'];

const variants: readonly Variant[] = [envoyGrpc, envoyHttp].flatMap((front) => [
  { name: `${front.name}, failure_mode_allow: false`, front, substitutions: [], status: 503 },
  { name: `${front.name}, failure_mode_allow: true`, front, substitutions: [failureModeAllow], status: 200 },
]);

const nginxVariants: readonly Variant[] = [
  // 500 is auth_request's own word for a question without an answer.
  { name: 'nginx, fail-closed', front: nginx, substitutions: [], status: 500 },
  { name: 'nginx, fail-open', front: nginxFailOpen, substitutions: [], status: 200 },
];

// The files' own time limits are in force here: nothing but the ports is changed, and failure_mode_allow.
for (const { name, front, substitutions, status } of [...variants, ...nginxVariants]) {
  describe(`while refgate cannot be asked by ${name}`, function () {
    this.timeout(60_000);
    const chain = useChain(front, substitutions);
    const askAsThief = (): Promise<Answer> =>
      ask(chain().front.address, { target: '/images/logo.png', referers: ['https://thief.example/'] });
    const denied = (answer: Answer): boolean => answer.status === 403;

    it(`answers ${status} when refgate hangs, and denies again when it goes on`, async () => {
      await eventually(askAsThief, denied);
      chain().refgate.process.kill('SIGSTOP');
      expect((await askAsThief()).status).to.equal(status);
      chain().refgate.process.kill('SIGCONT');
      await eventually(askAsThief, denied);
    });

    it(`answers ${status} when refgate is gone, and denies again when it is back`, async () => {
      const { refgate, rules } = chain();
      await refgate.process.stop('SIGKILL');
      const answer = await askAsThief();
      expect([answer.status, answer.values('vary')]).to.deep.equal([status, status === 200 ? ['accept-encoding'] : []]);

      const { grpc, http, admin } = refgate;
      const back = await startRefgate({ rules, grpc, http, admin });
      await eventually(askAsThief, denied);
      await back.process.stop();
    });

    if (front === envoyGrpc && status === 200) {
      it('tells the origin that a request was not checked', async () => {
        await eventually(askAsThief, (answer) => answer.status === 200);
        expect(chain().origin.received.at(-1)?.headers['x-envoy-auth-failure-mode-allowed']).to.equal('true');
      });
    }
  });
}
