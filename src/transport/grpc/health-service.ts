import {
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import {
  HealthCheckRequest,
  HealthCheckResponse,
  HealthCheckResponse_ServingStatus as ServingStatus,
} from '../../gen/grpc/health/v1/health.js';

type Watcher = ServerWritableStream<HealthCheckRequest, HealthCheckResponse>;

const codecs = {
  requestSerialize: (message: HealthCheckRequest) => Buffer.from(HealthCheckRequest.encode(message).finish()),
  requestDeserialize: (bytes: Buffer) => HealthCheckRequest.decode(bytes),
  responseSerialize: (message: HealthCheckResponse) => Buffer.from(HealthCheckResponse.encode(message).finish()),
  responseDeserialize: (bytes: Buffer) => HealthCheckResponse.decode(bytes),
  requestStream: false,
};

/** `grpc.health.v1.Health`. Source: the gRPC Health Checking Protocol, github.com/grpc/grpc/blob/master/doc/health-checking.md. */
export const healthDefinition = {
  Check: { path: '/grpc.health.v1.Health/Check', responseStream: false, originalName: 'check', ...codecs },
  Watch: { path: '/grpc.health.v1.Health/Watch', responseStream: true, originalName: 'watch', ...codecs },
} satisfies ServiceDefinition;

/** The names that probes ask for: the server as a whole (Kubernetes' default) and the service that proxies call. */
const SERVICES: ReadonlySet<string> = new Set(['', 'envoy.service.auth.v3.Authorization']);

/** Health of this server: one state for all names, since there is one thing that it does. */
export class HealthService {
  #state = ServingStatus.NOT_SERVING;
  readonly #watchers = new Set<Watcher>();

  /** Tells every watcher of a change. */
  setServing(serving: boolean): void {
    const state = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    if (state === this.#state) return;
    this.#state = state;
    for (const watcher of this.#watchers) {
      if (SERVICES.has(watcher.request.service)) watcher.write({ status: state });
    }
  }

  /** Ends the streams of Watch, which would otherwise keep a draining server open until its deadline. */
  endWatches(): void {
    for (const watcher of this.#watchers) {
      watcher.emit('error', { code: status.UNAVAILABLE, details: 'the server is shutting down' });
    }
    this.#watchers.clear();
  }

  /** Handlers of `healthDefinition`. */
  readonly handlers = {
    Check: (
      { request: { service } }: ServerUnaryCall<HealthCheckRequest, HealthCheckResponse>,
      callback: sendUnaryData<HealthCheckResponse>,
    ): void => {
      if (SERVICES.has(service)) callback(null, { status: this.#state });
      else callback({ code: status.NOT_FOUND, details: `service "${service}" is not known here` });
    },
    Watch: (call: Watcher): void => {
      // A stream for an unknown name stays open too: the protocol lets a service be registered later.
      const isKnown = SERVICES.has(call.request.service);
      call.write({ status: isKnown ? this.#state : ServingStatus.SERVICE_UNKNOWN });
      this.#watchers.add(call);
      const forget = (): void => void this.#watchers.delete(call);
      call.on('cancelled', forget);
      call.on('close', forget);
    },
  };
}
