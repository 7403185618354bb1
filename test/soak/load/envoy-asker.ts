import { Agent } from 'node:http';
import { ask } from '../../support/ask.js';
import type { SeenAnswer } from '../rules/oracle.js';
import type { Asker } from './asker.js';
import type { Question } from './question.js';

/** What an enforcing Envoy answers when a request was decided; everything else is a failure. */
const decided = new Set([200, 302, 403]);

/** A visitor of the site behind Envoy, on one connection that is kept. */
export function envoyAsker(address: string): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    name: 'envoy',
    instance: undefined,
    ask: (question) => visit(address, agent, question),
    close: () => agent.destroy(),
  };
}

async function visit(address: string, agent: Agent, question: Question): Promise<SeenAnswer> {
  const { host, target, referer, headers } = question;
  const answer = await ask(address, { host, target, headers, agent, referers: referer === undefined ? [] : [referer] });
  const [reason] = answer.values('x-refgate-reason');
  if (!decided.has(answer.status) || reason === undefined) throw new Error(`Envoy answered ${answer.status}`);
  return { status: answer.status, policy: answer.values('x-refgate-policy')[0], reason };
}
