import { deployFile, envoyAddress } from '../../support/deploy-file.js';
import { documented, documentedRefgate, envoyGrpc } from '../../support/fronts.js';

/** One line for each request that failed, in the place of one for each request. */
const failuresAlone = `- name: envoy.access_loggers.stdout
                    filter:
                      status_code_filter:
                        comparison: { op: GE, value: { default_value: 500, runtime_key: unused } }`;

/** deploy/envoy/grpc.yaml with two instances behind it, and all else as it is but for time limits and the origin. */
export function envoyConfig(instances: readonly string[]): string {
  return deployFile('envoy/grpc.yaml', [
    ...envoyGrpc.patience,
    [envoyAddress(documented.listen), envoyAddress('127.0.0.1:0')],
    [envoyAddress(documented.envoyAdmin), envoyAddress('127.0.0.1:0')],
    [endpoint(documentedRefgate.grpc), instances.map(endpoint).join('\n              ')],
    ['- name: envoy.access_loggers.stdout', failuresAlone],
    // Envoy itself in the place of an origin, which would take a part of two cores and has no part in this.
    ['route: { cluster: origin }', 'direct_response: { status: 200 }'],
  ]);
}

function endpoint(address: string): string {
  return `- endpoint: { address: { socket_address: { ${envoyAddress(address)} } } }`;
}
