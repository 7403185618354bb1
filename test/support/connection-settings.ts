import type { RetirementReason } from '#refgate/model/retirement-reason.js';
import type { GrpcConnectionSettings } from '#refgate/transport/grpc/grpc-server.js';

/** Counts what a listener tells of its connections. */
export class ConnectionCounts {
  open = 0;
  opened = 0;
  callsReset = 0;
  readonly retired: RetirementReason[] = [];
  readonly observer: GrpcConnectionSettings['observer'] = {
    opened: () => {
      this.opened++;
      this.open++;
    },
    closed: () => {
      this.open--;
    },
    retired: (reason) => {
      this.retired.push(reason);
    },
    callReset: () => {
      this.callsReset++;
    },
    unreachable: () => {
      throw new Error('the connections of this grpc-js cannot be reached');
    },
  };
}

/** Connections that are never retired for their age. */
export const unlimited: GrpcConnectionSettings = {
  maxAgeSeconds: 0,
  maxConcurrentStreams: 1024,
  observer: new ConnectionCounts().observer,
};
