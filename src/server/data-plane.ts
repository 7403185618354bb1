import type { Settings } from '../settings.js';
import { type GrpcListener, startGrpcServer } from '../transport/grpc/grpc-server.js';
import { HealthService } from '../transport/grpc/health-service.js';
import { type HttpListener, startHttpServer } from '../transport/http/server.js';
import { type AnsweringParts, grpcBackend, grpcConnections, httpAuthorizer, httpConnections } from './answering.js';
import { bound } from './start-error.js';

/** The listeners that answer proxies. They know nothing of where rules come from. */
export class DataPlane {
  readonly #settings: Settings;
  readonly #parts: AnsweringParts;
  readonly #health = new HealthService();
  #grpc: GrpcListener | undefined;
  #http: HttpListener | undefined;

  constructor(settings: Settings, parts: AnsweringParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  /** Where it is bound, with the real ports; `null`: off. */
  get addresses(): { readonly grpc: string | null; readonly http: string | null } {
    return { grpc: this.#grpc?.address ?? null, http: this.#http?.address ?? null };
  }

  /**
   * To be called when rules are in force. What has started stays so when the rest fails, for `drain` to end it.
   *
   * @throws {StartError} (as a rejection) when an address cannot be bound.
   */
  async start(): Promise<void> {
    const { grpcListen, httpListen, grpcReflection: reflection } = this.#settings;
    const backend = grpcBackend(this.#settings, this.#parts);
    const authorizer = httpAuthorizer(this.#settings, this.#parts);
    const health = this.#health;
    this.#grpc = await bound('grpcListen', grpcListen, (listen) => {
      const connections = grpcConnections(this.#settings, this.#parts);
      return startGrpcServer({ listen, health, reflection, backend, connections });
    });
    this.#http = await bound('httpListen', httpListen, (listen) => {
      const connections = httpConnections(this.#settings, this.#parts);
      return startHttpServer({ listen, authorizer, connections });
    });
  }

  /** What the gRPC health service answers from now on. */
  setServing(serving: boolean): void {
    this.#health.setServing(serving);
  }

  /** Goes on serving, but each HTTP answer ends its connection. */
  retire(): void {
    this.#http?.retire();
  }

  /** Answers what is in flight, and cuts what is left after the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    await Promise.all([this.#grpc?.drain(deadlineMs), this.#http?.drain(deadlineMs)]);
  }
}
