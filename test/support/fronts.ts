import { deployFile, envoyAddress, type Substitution } from './deploy-file.js';
import { startEnvoy } from './envoy.js';
import { freeAddress } from './listen-on.js';
import { startNginx } from './nginx.js';
import type { RefgateProcess } from './refgate-process.js';
import type { StartedProcess } from './started-process.js';
import { findEnvoy, findNginx, type Tool } from './tool-cache.js';

/** What stands behind a proxy. */
export interface Behind {
  readonly refgate: Pick<RefgateProcess, 'grpc' | 'http' | 'admin'>;
  /** The origin's `host:port`. */
  readonly origin: string;
  /** Where the proxy keeps its files. */
  readonly folder: string;
  /** Where the proxy listens; any free port of the loopback interface when not given. */
  readonly listen?: string;
  /** Further changes to its deploy file. */
  readonly substitutions?: readonly Substitution[];
}

export interface StartedFront {
  /** `host:port` */
  readonly address: string;
  readonly process: StartedProcess;
}

/** A proxy with one of the files of `deploy/`. */
export interface Front {
  readonly name: string;
  /** The deploy file's time limits for refgate, with limits in their place that a busy test machine cannot reach. */
  readonly patience: readonly Substitution[];
  find(): Tool;
  start(binary: string, behind: Behind): Promise<StartedFront>;
}

/** What each deploy file says of refgate, the origin and its own port. */
export const documented = { listen: '0.0.0.0:8000', origin: '127.0.0.1:8080', envoyAdmin: '127.0.0.1:9901' } as const;
export const documentedRefgate = { grpc: '127.0.0.1:9191', http: '127.0.0.1:9192', admin: '127.0.0.1:9193' } as const;

const envoyPatience: readonly Substitution[] = [
  ['timeout: 0.2s', 'timeout: 10s'],
  ['timeout: 0.1s', 'timeout: 10s'],
  ['- timeout: 1s', '- timeout: 10s'],
];

export const envoyGrpc: Front = {
  name: 'Envoy over gRPC',
  patience: envoyPatience,
  find: findEnvoy,
  start: (binary, behind) => startEnvoyWith('envoy/grpc.yaml', binary, behind, toGrpc(behind)),
};

export const envoyHttp: Front = {
  name: 'Envoy over HTTP',
  patience: envoyPatience,
  find: findEnvoy,
  start: (binary, behind) => startEnvoyWith('envoy/http-service.yaml', binary, behind, toHttp(behind)),
};

export const nginx = nginxWith('nginx', 'nginx/refgate.conf');
export const nginxFailOpen = nginxWith('nginx, fail-open', 'nginx/refgate-fail-open.conf');

export const fronts: readonly Front[] = [envoyGrpc, envoyHttp, nginx];

function toGrpc({ refgate }: Behind): readonly Substitution[] {
  return [[envoyAddress(documentedRefgate.grpc), envoyAddress(refgate.grpc)]];
}

function toHttp({ refgate }: Behind): readonly Substitution[] {
  const port = (address: string): string => address.slice(address.lastIndexOf(':') + 1);
  return [
    [`uri: http://${documentedRefgate.http}`, `uri: http://${refgate.http}`],
    [envoyAddress(documentedRefgate.http), envoyAddress(refgate.http)],
    [`port_value: ${port(documentedRefgate.admin)}`, `port_value: ${port(refgate.admin)}`],
  ];
}

function startEnvoyWith(
  file: string,
  binary: string,
  behind: Behind,
  refgate: readonly Substitution[],
): Promise<StartedFront> {
  const configuration = deployFile(file, [
    [envoyAddress(documented.listen), envoyAddress(behind.listen ?? '127.0.0.1:0')],
    [envoyAddress(documented.envoyAdmin), envoyAddress('127.0.0.1:0')],
    [envoyAddress(documented.origin), envoyAddress(behind.origin)],
    ...refgate,
    ...(behind.substitutions ?? []),
  ]);
  return startEnvoy(binary, behind.folder, configuration);
}

function nginxWith(name: string, file: string): Front {
  return {
    name,
    patience: [['timeout 200ms', 'timeout 10s']],
    find: findNginx,
    start: async (binary, behind) => {
      const address = behind.listen ?? (await freeAddress());
      const configuration = deployFile(file, [
        [documented.listen, address],
        [documented.origin, behind.origin],
        [documentedRefgate.http, behind.refgate.http],
        ...(behind.substitutions ?? []),
      ]);
      return { address, process: await startNginx(binary, behind.folder, configuration) };
    },
  };
}
