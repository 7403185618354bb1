import type { RefgateProcess } from '../support/refgate-process.js';
import { triesAt } from './tries.js';

/** What is listening where, and what to type into another terminal. */
export function introduction(
  proxyName: string,
  proxy: string,
  origin: string,
  refgate: Pick<RefgateProcess, 'grpc' | 'http' | 'admin'>,
): string {
  return [
    '',
    `proxy    ${proxy}   ${proxyName}, with its file of deploy/`,
    `origin   ${origin}   behind it, answers everything with 200`,
    `refgate  ${refgate.grpc} (gRPC), ${refgate.http} (HTTP), ${refgate.admin} (admin), by the rules in deploy/rules`,
    '',
    'Try, in another terminal:',
    ...triesAt(proxy),
    '',
    'Then edit deploy/rules/10-images.yaml or lists/partners.txt there, save, and try again.',
    'Ctrl-C ends it.',
  ].join('\n');
}
