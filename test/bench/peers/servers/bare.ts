import { youngGenerationFlags } from '#refgate/cluster/young-generation.js';
import { fromRoot } from '../../../support/paths.js';
import type { Peer } from '../peer.js';
import { firstLine, readyAddress, startPinned } from '../pinned-process.js';
import { restartedPeer } from './restarted.js';

/** Servers that decide nothing: what their transport alone costs. */
export const grpcJs = bare('grpc-js', 'grpc-js, decides nothing', 'bare-server');
export const grpcJsYoung = bare('grpc-js-young', "grpc-js, refgate's flags", 'bare-server', youngGenerationFlags);
export const nodeHttp2 = bare('http2', 'node:http2, decides nothing', 'peers/servers/bare-http2-server');

function bare(key: string, name: string, program: string, flags: readonly string[] = []): Peer {
  return {
    key,
    name,
    protocol: 'grpc',
    decides: false,
    edit: 'no rules',
    start: ({ cpus, bound }) => {
      const start = async () => {
        const started = startPinned(cpus, process.execPath, [...flags, fromRoot(`.build/test/bench/${program}.js`)]);
        return { process: started, address: await firstLine(started, bound, readyAddress) };
      };
      return restartedPeer(start, () => undefined);
    },
  };
}
