import type { Socket } from 'node:net';
import type { SharedListenerName } from '../cluster/messages.js';
import type { Settings } from '../settings.js';
import { type GrpcTaker, takeGrpcConnections } from '../transport/grpc/grpc-server.js';
import { HealthService } from '../transport/grpc/health-service.js';
import { type HttpTaker, takeHttpConnections } from '../transport/http/server.js';
import { type AnsweringParts, grpcBackend, grpcConnections, httpAuthorizer, httpConnections } from './answering.js';

/** What answers proxies in a worker, on connections that the primary accepts. */
export class TakingPlane {
  readonly #health: HealthService;
  readonly #grpc: GrpcTaker;
  readonly #http: HttpTaker;

  static async create(settings: Settings, parts: AnsweringParts): Promise<TakingPlane> {
    const health = new HealthService();
    const grpc = await takeGrpcConnections({
      health,
      reflection: settings.grpcReflection,
      backend: grpcBackend(settings, parts),
      connections: grpcConnections(settings, parts),
    });
    const http = takeHttpConnections({
      authorizer: httpAuthorizer(settings, parts),
      connections: httpConnections(settings, parts),
    });
    return new TakingPlane(health, grpc, http);
  }

  private constructor(health: HealthService, grpc: GrpcTaker, http: HttpTaker) {
    this.#health = health;
    this.#grpc = grpc;
    this.#http = http;
  }

  /** Answers on a connection that nobody has read from. */
  take(listener: SharedListenerName, connection: Socket): void {
    if (listener === 'grpc') this.#grpc.take(connection);
    else this.#http.take(connection);
  }

  /** What the gRPC health service answers from now on. */
  setServing(serving: boolean): void {
    this.#health.setServing(serving);
  }

  /** Goes on serving, but each HTTP answer ends its connection. */
  retire(): void {
    this.#http.retire();
  }

  /** Answers what is in flight, and cuts what is left after the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    await Promise.all([this.#grpc.drain(deadlineMs), this.#http.drain(deadlineMs)]);
  }
}
